/** The first is enough for a commit; the second is what `npm run test:long` runs, in `.ci/run` too. */
export const atLength = <T>(commit: T, long: T): T => (process.env['AIRT_TEST_LENGTH'] === 'long' ? long : commit);
