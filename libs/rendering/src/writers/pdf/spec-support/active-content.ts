const active =
  /\/(?:JavaScript|JS|Launch|AA|OpenAction|SubmitForm|GoToR|GoToE|ImportData|RichMedia|EmbeddedFiles?|XFA|AcroForm|URI|Movie|Sound)\b/g;

/** Names in the structure of a PDF that could do or fetch something. What stands in strings and streams is text, and is not looked at. */
export function activeContent(bytes: Uint8Array): readonly string[] {
  const file = Buffer.from(bytes)
    .toString('latin1')
    .replace(/\bstream\r?\n[\s\S]*?\nendstream/g, '');
  return withoutStrings(file).match(active) ?? [];
}

function withoutStrings(file: string): string {
  let kept = '';
  let depth = 0;
  for (let i = 0; i < file.length; i += 1) {
    const letter = file[i] ?? '';
    if (letter === '\\' && depth > 0) i += 1;
    else if (letter === '(') depth += 1;
    else if (letter === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += letter;
  }
  return kept;
}
