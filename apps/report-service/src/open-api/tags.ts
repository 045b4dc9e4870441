/** What each tag of the document is about, in the order of the main path. */
export const tags: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'health', description: 'Whether the process runs and its parts answer.' },
  { name: 'organizations', description: 'Organizations, their members and their workspaces.' },
  { name: 'workspaces', description: 'Workspaces and who may do what in them.' },
  { name: 'members', description: 'People of an organization and their roles.' },
  { name: 'keys', description: 'API keys: scopes, expiry, revocation.' },
  { name: 'audit', description: 'Who did what: builds, views, downloads, changes of templates and keys.' },
  { name: 'me', description: 'Who asks, and what they may do.' },
  { name: 'projects', description: 'A project holds imported runs, templates, and the reports built from them.' },
  { name: 'imports', description: 'Files of red-team tools on their way in, with their counts.' },
  { name: 'assessments', description: 'An assessment is one campaign against one target.' },
  { name: 'findings', description: 'A finding is an attack run, whatever came of it.' },
  { name: 'events', description: 'What happened, for programs: the feed, and webhooks that are told.' },
  { name: 'templates', description: 'Stored reports: sections or a tree of components, with filters and branding.' },
  { name: 'branding', description: 'Logos for reports.' },
  { name: 'reports', description: 'Preflight, build, poll, fetch.' },
];
