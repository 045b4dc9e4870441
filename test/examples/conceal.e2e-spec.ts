import { conceal } from './conceal.ts';

const baseUrl = 'http://127.0.0.1:41234';
const shown = (text: string): unknown => conceal({ text }, baseUrl);

describe('concealing what an example must not tell', () => {
  it.each([
    ['airt_abcdEFGH1234efgh5678ijkl', 'airt_abcdExampleKeyThatOpensNothing'],
    ['Bearer airt_abcd-_GH1234efgh5678ijkl.', 'Bearer airt_abcdExampleKeyThatOpensNothing.'],
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw/+8=', 'whsec_VGhpcyBleGFtcGxlIHNpZ25zIG5vdGhpbmcu'],
    [
      `http://127.0.0.1:45678/b?X-Amz-Credential=S3RVER%2F2026&X-Amz-Signature=${'0a'.repeat(32)}`,
      'http://localhost:9000/b?X-Amz-Credential=ExampleAccessKey%2F2026&X-Amz-Signature=ExampleSignature',
    ],
    [`${baseUrl}/docs`, 'http://localhost:3000/docs'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual({ text: expected });
  });

  it.each(['airt_abcd', 'an airt_report-service of some length', 'whsecret', '127.0.0.1'])('leaves %s', (text) => {
    expect(shown(text)).toEqual({ text });
  });
});
