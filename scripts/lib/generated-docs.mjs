import { join } from 'node:path';

import { clientTypes } from './client-types.mjs';
import { decisionsDocument } from './decisions.mjs';
import { configurationDocument } from './configuration-document.mjs';
import { errorsDocument } from './errors-document.mjs';
import { messagesDocument } from './messages-document.mjs';
import { openApiDocumentText } from './open-api-document.mjs';
import { repository } from './repository.mjs';
import { severityDocument } from './severity-document.mjs';

/** File to text of every generated document. Needs dist/ of the present sources. */
export async function generateDocs() {
  const openApi = await openApiDocumentText();
  return [
    ['docs/configuration.md', await formatted('docs/configuration.md', await configurationDocument())],
    ['docs/adr/README.md', await formatted('docs/adr/README.md', decisionsDocument())],
    ['docs/errors.md', await formatted('docs/errors.md', await errorsDocument())],
    ['docs/messages.md', await formatted('docs/messages.md', await messagesDocument())],
    ['docs/severity.md', await formatted('docs/severity.md', await severityDocument())],
    ['docs/openapi.json', openApi],
    ['libs/client/src/schema.ts', await clientTypes(openApi)],
  ];
}

/** As the format check wants it: a generated file must not fail there. */
async function formatted(file, text) {
  const prettier = await import('prettier');
  const filepath = join(repository, file);
  return prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });
}
