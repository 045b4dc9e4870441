import type { BucketConfig } from '../bucket.ts';

/** To the uploading thread. Chunks are answered one by one: that is the back-pressure. */
export type ToUploader =
  | { readonly kind: 'begin'; readonly upload: number; readonly key: string; readonly contentType: string }
  | { readonly kind: 'chunk'; readonly upload: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly upload: number }
  | { readonly kind: 'abort'; readonly upload: number };

export type FromUploader =
  | { readonly kind: 'taken'; readonly upload: number }
  | {
      readonly kind: 'stored';
      readonly upload: number;
      readonly sizeBytes: number;
      readonly sha256: string;
      readonly arrived: number | null;
    }
  | { readonly kind: 'failed'; readonly upload: number; readonly message: string; readonly code: string | null };

export type UploaderConfig = BucketConfig;
