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

export type CopyField = string | number | boolean | readonly string[] | object | null | undefined;

export function copyLine(fields: readonly CopyField[]): string {
  let line = '';
  for (let index = 0; index < fields.length; index += 1) {
    if (index > 0) line += '\t';
    line += copyField(fields[index]);
  }
  return `${line}\n`;
}

function copyField(field: CopyField): string {
  if (field === null || field === undefined) return '\\N';
  if (typeof field === 'string') return escape(field);
  if (typeof field === 'number') return Number.isFinite(field) ? String(field) : '\\N';
  if (typeof field === 'boolean') return field ? 't' : 'f';
  return escape(isTextArray(field) ? arrayLiteral(field) : JSON.stringify(field));
}

/** Text arrays go to `text[]` columns; every other array is given as an object around it, for `jsonb`. */
const isTextArray = (field: object): field is readonly string[] => Array.isArray(field);

function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
}

// Most strings hold nothing to escape: one test is cheaper than one replacement.
const escape = (text: string): string =>
  special.test(text) ? text.replace(/[\\\b\f\n\r\t\v]/g, (character) => escapes[character] ?? character) : text;
