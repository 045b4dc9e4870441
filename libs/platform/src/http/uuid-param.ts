import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#contracts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id in a path. What is no UUID cannot name anything of ours: not found. */
@Injectable()
export class UuidParam implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!uuid.test(value)) throw new AppError('not_found');
    return value.toLowerCase();
  }
}
