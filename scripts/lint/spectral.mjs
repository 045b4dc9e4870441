// Rules of the OpenAPI document: Spectral's own and those of OWASP, all of them, and one of ours. A rule that is off says why.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { oas } = require('@stoplight/spectral-rulesets');
const { truthy, defined } = require('@stoplight/spectral-functions');
const owasp = require('@stoplight/spectral-owasp-ruleset');

export const ruleset = {
  extends: [
    [oas, 'recommended'],
    [owasp.default ?? owasp, 'all'],
  ],
  rules: {
    // Metrics by name and settings of a target are maps; "closed-objects" below asks that a map is meant and bounded.
    'owasp:api3:2023-no-additionalProperties': 'off',
    'closed-objects': {
      message: 'An object says whether other properties may stand in it, and how many.',
      severity: 'error',
      given: [
        "$.components.schemas..[?(@ && @.type === 'object')]",
        "$.components.schemas..[?(@ && @.type && @.type.constructor.name === 'Array' && @.type.includes('object'))]",
      ],
      then: [{ field: 'additionalProperties', function: defined }],
    },
    'described-operations': {
      message: 'An operation has a title and says more.',
      severity: 'error',
      given: '$.paths[*][get,put,post,delete,patch]',
      then: [
        { field: 'summary', function: truthy },
        { field: 'description', function: truthy },
      ],
    },
  },
};

/** Rules that cannot hold for what needs no key: whoever asks is never refused for who they are, or for asking often. */
export const notForPublic = new Set([
  'owasp:api2:2023-read-restricted',
  'owasp:api4:2023-rate-limit',
  'owasp:api4:2023-rate-limit-responses-429',
  'owasp:api8:2023-define-error-responses-401',
]);
