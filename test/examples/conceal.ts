/** Said in place of whatever opens something. */
export const FAKE = { key: 'ExampleKeyThatOpensNothing', signature: 'ExampleSignature', access: 'ExampleAccessKey' };

/** Base64, as signing secrets are. */
const fakeSecret = Buffer.from('This example signs nothing.').toString('base64');

const hidden: readonly (readonly [RegExp, string])[] = [
  // The first characters are no secret: lists show them, too.
  [/\bairt_([\w-]{4})[\w-]{12,}/g, `airt_$1${FAKE.key}`],
  [/\bwhsec_[\w+/=-]+/g, `whsec_${fakeSecret}`],
  [/\b(X-Amz-Signature=)[0-9a-fA-F]+/g, `$1${FAKE.signature}`],
  [/\b(X-Amz-Credential=)[^%&/]+/g, `$1${FAKE.access}`],
];

/** The value as it may be shown to anybody: no secrets, and the ports that the README names. */
export function conceal(value: unknown, baseUrl: string): unknown {
  let text = JSON.stringify(value).replaceAll(baseUrl, 'http://localhost:3000');
  text = text.replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://localhost:9000');
  for (const [secret, shown] of hidden) text = text.replace(secret, shown);
  return JSON.parse(text) as unknown;
}
