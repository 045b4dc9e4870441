import type { Block, Inline } from '../../model/report-content.ts';
import type { ReportSetting } from '../../sentences/report-setting.ts';

/** What a section says; number and title are added by the report. */
export interface SectionBody {
  readonly lead: Inline;
  readonly blocks: readonly Block[];
}

/** `number` is the section's own, for its subsections. */
export type SectionComposer = (setting: ReportSetting, number: string) => SectionBody;
