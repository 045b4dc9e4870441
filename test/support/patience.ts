/** Real servers start and work in these tests, on machines that are busy: a limit is there to end what hangs. */
jest.setTimeout(180_000);
