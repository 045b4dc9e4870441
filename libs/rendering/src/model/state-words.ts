import type { StateMark } from './report-content.ts';

export const stateWords: Readonly<Record<StateMark, string>> = {
  failed: 'failed',
  held: 'held',
  too_little: 'too little',
  not_tested: 'not tested',
};
