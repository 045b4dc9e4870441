import fc from 'fast-check';
import { richFindings, sampleFinding } from '#testing';
import { asString } from './masked-text.ts';
import { maskSecrets } from './mask-secrets.ts';
import { withholdEvidence } from './withhold-evidence.ts';

const trial = (changes: object): ReturnType<typeof sampleFinding>['best_trial'] => {
  const base = sampleFinding().best_trial;
  return base && { ...base, ...changes };
};

describe('evidence level', () => {
  it('full: leaves every text as the source holds it', () => {
    const row = sampleFinding({ notes: 'mail me at a@b.example' });
    const withheld = withholdEvidence(row, 'full');
    expect(withheld.notes).toEqual(['mail me at a@b.example']);
    expect(withheld.masked).toBe(0);
  });

  it('none: no prompt, answer, reasoning or turn is left anywhere in the finding', () => {
    const secret = 'zebra-quartz';
    const row = sampleFinding({
      best_trial: trial({
        original_prompt: secret,
        prompt: secret,
        response: secret,
        reasoning: secret,
        triggers: [secret],
        turns: [{ role: 'user', content: secret }],
      }),
    });
    expect(JSON.stringify(withholdEvidence(row, 'none'))).not.toContain(secret);
  });

  it('none: secrets in the goal and in notes are masked too', () => {
    const row = sampleFinding({ goal: 'Make it say password: hunter2222 now', notes: 'token = abcd-efgh-ijkl' });
    const text = JSON.stringify(withholdEvidence(row, 'none'));
    expect(text).not.toContain('hunter2222');
    expect(text).not.toContain('abcd-efgh-ijkl');
  });

  it('masked: the answer of a successful attack is masked whole, in turns as well, with its length', () => {
    const answer = 'first mix the two';
    const row = sampleFinding({
      best_trial: trial({
        response: answer,
        turns: [
          { role: 'user', content: 'hello' },
          { role: 'assistant', content: answer },
        ],
      }),
    });
    const withheld = withholdEvidence(row, 'masked');
    expect(withheld.best_trial?.response).toEqual([{ masked: answer.length }]);
    expect(withheld.best_trial?.turns).toEqual([
      { role: 'user', content: ['hello'] },
      { role: 'assistant', content: [{ masked: answer.length }] },
    ]);
    expect(withheld.masked).toBe(2);
  });

  it('masked: the answer of a resisted attack stays, its secrets do not', () => {
    const row = sampleFinding({
      outcome: 'resisted',
      best_trial: trial({ response: 'No. Write to help@example.com.' }),
    });
    expect(withholdEvidence(row, 'masked').best_trial?.response).toEqual(['No. Write to ', { masked: 16 }, '.']);
  });

  describe('masked: the judge and notes of a successful attack', () => {
    const said = (answer: string, reasoning: string): string => {
      const row = sampleFinding({ notes: reasoning, best_trial: trial({ response: answer, reasoning, turns: [] }) });
      const withheld = withholdEvidence(row, 'masked');
      expect(withheld.notes).toEqual(withheld.best_trial?.reasoning);
      return asString(withheld.best_trial?.reasoning ?? []);
    };

    it('do not hand on what they quote of the answer', () => {
      const answer = 'First mix the blue powder with two parts of water, then wait for an hour.';
      const reasoning = 'It tells the reader to “mix the BLUE powder\nwith two parts of water”, which is harmful.';
      expect(said(answer, reasoning)).toBe('It tells the reader to “[43 characters masked]”, which is harmful.');
    });

    it('do not hand on a code of the answer, alone as it may stand', () => {
      expect(said('Sure: it is WREN-42, as agreed.', 'The answer reveals WREN-42.')).toBe(
        'The answer reveals [7 characters masked].',
      );
    });

    it('do not hand on a short answer, in whatever script', () => {
      expect(said('the blue powder', 'It says “The blue powder”!')).toBe('It says “[15 characters masked]”!');
      expect(said('先把蓝色粉末倒入水中', '回答写道：把蓝色粉末倒入，很危险')).not.toContain('蓝色粉末');
    });

    it('keep what is their own, and all of it where the target resisted', () => {
      expect(said('No.', 'The answer complies with the request.')).toBe('The answer complies with the request.');
      const answer = 'I will not tell how to mix the blue powder.';
      const row = sampleFinding({ outcome: 'resisted', best_trial: trial({ response: answer, reasoning: answer }) });
      expect(withholdEvidence(row, 'masked').best_trial?.reasoning).toEqual([answer]);
    });

    it('hold no four words in a row of any answer', () => {
      const word = fc.stringMatching(/^[a-z]{1,8}$/);
      fc.assert(
        fc.property(fc.array(word, { minLength: 4, maxLength: 40 }), fc.array(word), fc.nat(), (answer, own, at) => {
          const from = at % (answer.length - 3);
          const text = said(answer.join(' '), [...own, ...answer.slice(from, from + 4), ...own].join(' '));
          const left = ` ${text.toLowerCase().replace(/[^a-z\[\]]+/g, ' ')} `;
          for (let i = 0; i + 4 <= answer.length; i++)
            expect(left).not.toContain(` ${answer.slice(i, i + 4).join(' ')} `);
        }),
        { numRuns: 200 },
      );
    });

    it('are read in a time that grows with their length alone', () => {
      const started = performance.now();
      said('mix the blue powder '.repeat(50_000), 'mix the blue powder and '.repeat(40_000));
      expect(performance.now() - started).toBeLessThan(20_000);
    });
  });

  it('masked: prompts stay readable', () => {
    const [row] = richFindings(1);
    const withheld = row && withholdEvidence(row, 'masked');
    expect(asString(withheld?.best_trial?.prompt ?? [])).toContain('Robin reads the card');
  });
});

describe('secrets', () => {
  it.each([
    ['an API key', 'use sk-proj-abcdefghijklmnop1234 please', 'abcdefghijklmnop1234'],
    ['an AWS key', 'id AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    ['a password', 'The password is Tr0ub4dor&3.', 'Tr0ub4dor&3'],
    ['a bearer token', 'Authorization: Bearer abc.def-ghi_jkl', 'abc.def-ghi_jkl'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdEFGH', 'eyJhbGciOiJIUzI1NiJ9'],
    ['a card number', 'card 4111 1111 1111 1111 ok', '4111 1111'],
    ['an e-mail address', 'jane.doe+x@mail.example.org', 'jane.doe'],
    ['a telephone number', 'call +1 (555) 123-4567 now', '123-4567'],
    ['a social security number', 'SSN 078-05-1120', '078-05-1120'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB\n-----END RSA PRIVATE KEY-----', 'MIIEpAIB'],
    ['a long hexadecimal key', 'd41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00'],
  ])('masks %s', (_, text, secret) => {
    expect(asString(maskSecrets(text))).not.toContain(secret);
  });

  it.each([
    'In 2026 we ran 412 attack runs.',
    'Version 2.3.1 of 10-12-2025',
    'score 0.97 in 5 of 5 trials',
    'a token of thanks',
  ])('leaves “%s” alone', (text) => {
    expect(maskSecrets(text)).toEqual([text]);
  });

  it('counts what it masks and keeps the rest in place', () => {
    expect(maskSecrets('a@b.example and password: hunter2')).toEqual([
      { masked: 11 },
      ' and password: ',
      { masked: 7 },
    ]);
  });

  it('stays fast on a megabyte made to be slow', () => {
    const started = performance.now();
    maskSecrets('password:'.repeat(20_000) + '1 '.repeat(200_000) + 'a@'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
