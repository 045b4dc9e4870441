import { ImportResponse } from '../import-run/import.response.dto.ts';

export class ImportListResponse {
  imports!: ImportResponse[];
  page!: number;
  page_size!: number;
  total!: number;
}
