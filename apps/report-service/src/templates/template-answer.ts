import type { Response } from 'express';
import { AppError, type TemplateView } from '#contracts';
import type { ReportTemplateResponse } from './template.response.dto.ts';

/** A template as an answer, with its version as `ETag`. The stored forms are those of the request's classes. */
export function templateAnswer(template: TemplateView, response: Response): ReportTemplateResponse {
  response.setHeader('ETag', `"${template.version}"`);
  return templateBody(template);
}

export const templateBody = (template: TemplateView): ReportTemplateResponse =>
  // The domain's types say what is stored; the classes say the same to readers of the API, and allow null besides.
  template as unknown as ReportTemplateResponse;

/** Versions that `If-Match` names; undefined when any will do. */
export function expectedVersions(header: string | undefined): readonly number[] | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  return header.split(',').map((tag) => {
    const version = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(tag)?.[1];
    if (version !== undefined) return Number(version);
    const problem = { loc: ['header', 'If-Match'], msg: 'must be an ETag of the template', type: 'string_pattern' };
    throw new AppError('invalid', { errors: [problem] });
  });
}
