import type { ColumnType } from '#domain';

/** PostgreSQL's COPY text format: tab between fields, `\N` for null, backslash escapes. */

const special = /[\\\b\f\n\r\t\v]/;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

type CopyType = ColumnType | 'integer';

/** Columns of a table that is filled by COPY, in its order. */
export type CopyColumns<Column extends string = string> = Readonly<Record<Column, CopyType>>;

/** Writes records as lines of COPY: each column is the record's member of that name. */
export function lineWriter(columns: CopyColumns): (record: object) => string {
  const fields = Object.entries(columns).map(([name, type]) => ({ name, type }));
  return (record) => {
    const values = record as Readonly<Record<string, unknown>>;
    let line = '';
    let separator = '';
    for (const { name, type } of fields) {
      line += separator + copyField(values[name], type);
      separator = '\t';
    }
    return `${line}\n`;
  };
}

function copyField(value: unknown, type: CopyType): string {
  if (type === 'boolean') return value === true ? 't' : 'f';
  if (value === null || value === undefined) return '\\N';
  // An empty list says nothing.
  if (type === 'jsonb') return Array.isArray(value) && value.length === 0 ? '\\N' : escape(JSON.stringify(value));
  if (type === 'text[]') return escape(arrayLiteral(value as readonly string[]));
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '\\N';
  return escape(typeof value === 'string' ? value : JSON.stringify(value));
}

function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
}

// Most strings hold nothing to escape: one test is cheaper than one replacement.
const escape = (text: string): string =>
  special.test(text) ? text.replace(/[\\\b\f\n\r\t\v]/g, (character) => escapes[character] ?? character) : text;
