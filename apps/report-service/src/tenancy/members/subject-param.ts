import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#contracts';
import { subjectForm } from '../user-id.ts';

/** A subject in a path. */
@Injectable()
export class SubjectParam implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!subjectForm.test(value)) {
      throw new AppError('invalid', {
        errors: [{ loc: ['path', 'subject'], msg: 'must be 1 to 255 printable characters', type: 'subject' }],
      });
    }
    return value;
  }
}
