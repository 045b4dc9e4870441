/** What each tag of the document is about, in the order of the main path. */
export const tags: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'health', description: 'Liveness and readiness.' },
  { name: 'organizations', description: 'Organizations, their members and their workspaces.' },
  { name: 'workspaces', description: 'Workspaces and their members.' },
  { name: 'members', description: 'People of an organization and their roles.' },
  { name: 'keys', description: 'API keys: scopes, expiry, revocation.' },
  { name: 'audit', description: 'Who did what: builds, views, downloads, changes of templates and keys.' },
  { name: 'me', description: 'The caller and its permissions.' },
  { name: 'projects', description: 'A project holds imported runs, templates, and the reports built from them.' },
  { name: 'imports', description: 'Imports of files from red-team tools, with their counts.' },
  { name: 'assessments', description: 'An assessment is one campaign against one target.' },
  { name: 'findings', description: 'A finding is an attack run, whatever came of it.' },
  { name: 'events', description: 'Events for programs: the feed, and webhooks.' },
  { name: 'templates', description: 'Stored reports: sections or a tree of components, with filters and branding.' },
  { name: 'branding', description: 'Logos for reports.' },
  { name: 'reports', description: 'Preflight, build, poll, fetch.' },
];
