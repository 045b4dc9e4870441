/** Real servers start and work in these tests, on machines that are busy: a limit is there to end what hangs. */
jest.setTimeout(600_000 + Number(process.env['FUZZ_REQUESTS'] ?? 0) * 100);
