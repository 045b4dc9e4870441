import { messageFaults } from './message-faults.ts';

class SendLetter {}
class ReadLetter {}
const byOwner = { letters: [SendLetter, ReadLetter] };
const sends = { message: 'SendLetter', handler: 'SendLetterHandler', module: 'LettersModule' };
const reads = { message: 'ReadLetter', handler: 'ReadLetterHandler', module: 'LettersModule' };

describe('messages and handlers', () => {
  it('match when each message has one handler in the module that owns it', () => {
    expect(messageFaults(byOwner, [sends, reads])).toEqual([]);
  });

  it('names a message that nobody answers', () => {
    expect(messageFaults(byOwner, [sends])).toEqual(['ReadLetter has no handler; add one to LettersModule.']);
  });

  it('names both handlers of a message that two would answer', () => {
    expect(messageFaults(byOwner, [sends, reads, { ...reads, handler: 'OtherHandler' }])).toEqual([
      'ReadLetter has 2 handlers; keep one of ReadLetterHandler, OtherHandler.',
    ]);
  });

  it('names a handler that stands in another module than its message', () => {
    expect(messageFaults(byOwner, [sends, { ...reads, module: 'StampsModule' }])).toEqual([
      'ReadLetter is handled in StampsModule; move it to LettersModule.',
    ]);
  });

  it('names a handler of a message that no contract knows', () => {
    expect(messageFaults({ letters: [SendLetter] }, [sends, reads])).toEqual([
      'ReadLetterHandler handles ReadLetter, which libs/contracts/src/messages.ts does not name.',
    ]);
  });
});
