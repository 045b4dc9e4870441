import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#contracts';
import { isUuid } from '#domain';

/** An id in a path. What is no UUID cannot name anything of ours: not found. */
@Injectable()
export class UuidParam implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw new AppError('not_found');
    return value.toLowerCase();
  }
}
