import type { ProjectRef } from '#contracts';

/** Named by its content: the same picture again is the same object. */
export function imageKey({ organizationId, projectId }: ProjectRef, templateId: string | null, sha256: string): string {
  const place = templateId === null ? `inline/${projectId}` : `templates/${projectId}/${templateId}`;
  return `airt/branding/${organizationId}/${place}/${sha256}.png`;
}

const keyForm =
  /^airt\/branding\/([0-9a-f-]{36})\/(?:inline\/[0-9a-f-]{36}|templates\/[0-9a-f-]{36}\/[0-9a-f-]{36})\/[0-9a-f]{64}\.png$/;

/** Whether a key is one that `imageKey` makes for this organization, and so cannot lead anywhere else in the store. */
export const isImageOf = (organizationId: string, key: string): boolean => keyForm.exec(key)?.[1] === organizationId;
