import { ApiProperty } from '@nestjs/swagger';

/** A picture that is kept. */
export class LogoUploadResponse {
  /** For `branding.logo_oid` of a preset, or `fp` of an image. The same picture has the same id. */
  @ApiProperty({
    pattern: '^[A-Za-z0-9._\\-/]{1,256}$',
    example:
      'airt/branding/2489e9ad-2ee2-4e00-8ec9-32d5f69181c0/inline/7d1f4f0a-3b57-4a55-9d54-1a4cf3f7a1d2/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.png',
  })
  logo_oid!: string;
}
