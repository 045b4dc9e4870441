import { Command, Query } from '@nestjs/cqrs';
import * as analytics from './analytics.ts';
import * as assessments from './assessments.ts';
import * as audit from './audit.ts';
import * as builds from './builds.ts';
import * as events from './events.ts';
import * as exports from './exports.ts';
import * as findings from './findings.ts';
import * as imports from './imports.ts';
import * as preflight from './preflight.ts';
import * as rows from './rows.ts';
import * as storage from './storage.ts';
import * as templates from './templates.ts';
import * as tenancy from './tenancy.ts';

export type MessageClass = abstract new (...parameters: never[]) => object;
type ContractFile = Readonly<Record<string, unknown>>;

/** Which module owns the messages and events of which contract files. */
const filesByOwner: Readonly<Record<string, readonly ContractFile[]>> = {
  tenancy: [tenancy],
  imports: [imports],
  findings: [findings, assessments, analytics, exports, rows],
  templates: [templates],
  preflight: [preflight],
  builds: [builds],
  storage: [storage],
  events: [events],
  audit: [audit],
};

/** Which module answers which message. The boot fails unless each has exactly one handler, in that module. */
export const messagesByOwner = ofEachOwner(
  ({ prototype }) => prototype instanceof Command || prototype instanceof Query,
);

/** Which module an event is of; anybody may listen, through the outbox. */
export const eventsByOwner = ofEachOwner((exported) => 'type' in exported);

function ofEachOwner(wanted: (exported: MessageClass) => boolean): Readonly<Record<string, readonly MessageClass[]>> {
  return Object.fromEntries(
    Object.entries(filesByOwner).map(([owner, files]) => [
      owner,
      files.flatMap((file) => Object.values(file).filter(isClass).filter(wanted)),
    ]),
  );
}

function isClass(exported: unknown): exported is MessageClass {
  return typeof exported === 'function';
}
