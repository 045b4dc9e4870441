import { webhookUrl } from './webhook-url.ts';

describe('the URL of a webhook', () => {
  it.each([
    'https://hooks.example.com/airt',
    'HTTPS://Hooks.Example.com:8443/airt?token=a%20b&c=@d',
    'http://receiver:9000',
    'http://my_service.internal./x',
    'http://192.0.2.7:8080/hook',
    'http://[2001:db8::7]:8080/hook',
    'https://bücher.example/hook',
    `https://${'a'.repeat(63)}.example/`,
  ])('may be %s', (text) => {
    expect(webhookUrl(text)?.href).toEqual(expect.stringMatching(/^https?:/));
  });

  it.each([
    // What a syntax check of its own lets through and the parser, hence the sender, refuses.
    'http://0xffffffffff/',
    'http://a.0x1ffffffff/',
    'http://⒈.example/',
    'http://256.1.1.1/',
    'http://1.2.3.4.5/',
    'http://a%00b/',
    'http://exa mple.com/',
    'http://[::1/',
    'http://[fe80::1%25eth0]/',
    'http://a:65536/',
    'http://­/',
    // Addresses in disguise.
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://１２７.0.0.1/',
    // What the parser would drop or rewrite.
    'http://exa\nmple.com/',
    ' http://example.com/',
    'http:\\\\example.com\\',
    'http:example.com',
    'http:///example.com/',
    'http://example.com/a b',
    'http://example.com/\u0000',
    // Names that no resolver takes.
    `http://${'a'.repeat(64)}.example/`,
    `http://${'a.'.repeat(127)}example/`,
    'http://a..example/',
    'http://.../',
    'http://-/',
    'http://a*b.example/',
    // Other kinds.
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:secret@example.com/',
    'https://@example.com/',
    'https://example.com/#part',
    'http://example.com:0/',
    'http://',
    'not a url',
    '',
  ])('is not %j', (text) => {
    expect(webhookUrl(text)).toBeNull();
  });

  it('is judged by the parser that the sender uses: of invalid Punycode versions of Node think differently', () => {
    const text = 'http://xn--a/';
    expect(webhookUrl(text) !== null).toBe(URL.canParse(text));
  });
});
