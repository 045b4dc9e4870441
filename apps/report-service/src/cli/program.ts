import { Command } from 'commander';
import {
  CreateKey,
  CreateOrganization,
  CreateProject,
  CreateWorkspace,
  ListKeys,
  ListMembers,
  type Page,
  ListProjects,
  ListWorkspaceMembers,
  ListWorkspaces,
  type PageRequest,
  PutMember,
  PutWorkspaceMember,
  RemoveMember,
  RemoveWorkspaceMember,
  RevokeKey,
} from '#contracts';
import { UuidParam } from '#platform';
import { CreateKeyRequest } from '../tenancy/keys/create-key.request.dto.ts';
import { CreateOrganizationRequest } from '../tenancy/organizations/create-organization.request.dto.ts';
import { CreateProjectRequest } from '../tenancy/projects/create-project.request.dto.ts';
import { makeOperatorKey } from '../tenancy/access/make-operator-key.ts';
import { PutMemberRequest, PutWorkspaceMemberRequest } from '../tenancy/members/member.request.dto.ts';
import { CreateWorkspaceRequest } from '../tenancy/workspaces/create-workspace.request.dto.ts';
import type { Administration } from './administration.ts';
import { endOf } from './duration.ts';

/** Options as typed; commander has seen to those that must be there. */
type Typed = Readonly<Record<string, string | undefined>> & { readonly org: string; readonly workspace?: string };
export type Job = (administration: Administration) => Promise<unknown>;

/** The commands. Each ends in a job for `run`, which has the database at hand. */
export function program(run: (job: Job, json: boolean) => Promise<void>): Command {
  const airt = new Command('airt')
    .description('Organizations, workspaces, projects, members and keys, without the API.')
    .option('--json', 'answer in JSON')
    .showHelpAfterError();
  const group = (name: string, about: string): Command => airt.command(name).description(about);
  const does = (command: Command, job: (typed: Typed) => Job): void => {
    command.action(async (typed: Typed) => run(job(typed), airt.opts<{ json?: boolean }>().json === true));
  };
  const inOrganization = (command: Command): Command =>
    command.requiredOption('--org <slug>', 'slug of the organization');
  const named = (command: Command): Command =>
    command.requiredOption('--slug <slug>', 'name in paths').requiredOption('--name <name>', 'name for people');

  const orgs = group('orgs', 'organizations');
  does(
    named(orgs.command('create')).option('--owner <subject>', 'subject of the first owner'),
    ({ slug, name, owner }) =>
      async (admin) => {
        const request = await admin.check(CreateOrganizationRequest, { slug, name, owner });
        return admin.command(new CreateOrganization(request, request.owner ?? null, null));
      },
  );
  does(orgs.command('list'), () => (admin) => admin.organizations());

  const workspaces = group('workspaces', 'workspaces of an organization');
  does(named(inOrganization(workspaces.command('create'))), ({ org, slug, name }) => async (admin) => {
    const request = await admin.check(CreateWorkspaceRequest, { slug, name });
    return admin.command(new CreateWorkspace(await admin.organization(org), request));
  });
  does(inOrganization(workspaces.command('list')), ({ org }) => async (admin) => {
    const organization = await admin.organization(org);
    return everything((page) => admin.query(new ListWorkspaces(organization, null, page)));
  });

  const projects = group('projects', 'projects of a workspace');
  const inWorkspace = (command: Command): Command =>
    inOrganization(command).requiredOption('--workspace <slug>', 'slug of the workspace');
  does(
    named(inWorkspace(projects.command('create'))).option('--description <text>', 'what it is about'),
    ({ org, workspace, slug, name, description }) =>
      async (admin) => {
        const request = await admin.check(CreateProjectRequest, { slug, name, description });
        return admin.command(new CreateProject(await admin.workspace(org, workspace ?? ''), request));
      },
  );
  does(inWorkspace(projects.command('list')), ({ org, workspace }) => async (admin) => {
    const place = await admin.workspace(org, workspace ?? '');
    return everything((page) => admin.query(new ListProjects(place, page)));
  });

  const members = group('members', 'members of an organization, or with --workspace of one of its workspaces');
  const ofEither = (command: Command): Command =>
    inOrganization(command).option('--workspace <slug>', 'slug of the workspace');
  const aPerson = (command: Command): Command => command.requiredOption('--subject <sub>', '`sub` of their tokens');
  does(
    aPerson(ofEither(members.command('add')))
      .requiredOption('--role <role>', 'owner, member; in a workspace: owner, editor, viewer')
      .option('--name <name>', 'name for people')
      .option('--email <address>', 'for people to tell each other apart'),
    ({ org, workspace, subject = '', role, name, email }) =>
      async (admin) => {
        if (workspace === undefined) {
          const member = await admin.check(PutMemberRequest, { role, name, email });
          return admin.command(new PutMember(await admin.organization(org), subject, member));
        }
        const member = await admin.check(PutWorkspaceMemberRequest, { role });
        return admin.command(new PutWorkspaceMember(await admin.workspace(org, workspace), subject, member.role));
      },
  );
  does(
    aPerson(ofEither(members.command('remove'))),
    ({ org, workspace, subject = '' }) =>
      async (admin) =>
        workspace === undefined
          ? admin.command(new RemoveMember(await admin.organization(org), subject))
          : admin.command(new RemoveWorkspaceMember(await admin.workspace(org, workspace), subject)),
  );
  does(ofEither(members.command('list')), ({ org, workspace }) => async (admin) => {
    if (workspace === undefined) {
      const organization = await admin.organization(org);
      return everything((page) => admin.query(new ListMembers(organization, page)));
    }
    const place = await admin.workspace(org, workspace);
    return everything((page) => admin.query(new ListWorkspaceMembers(place, page)));
  });

  keyCommands(group('keys', 'API keys of an organization'), does, inOrganization);
  return airt;
}

function keyCommands(
  keys: Command,
  does: (command: Command, job: (typed: Typed) => Job) => void,
  inOrganization: (command: Command) => Command,
): void {
  const lasting = (command: Command): Command =>
    command
      .requiredOption('--name <name>', 'what the key is for')
      .option('--expires <when>', '90d, 2w, 1y, or a date-time; without it the key does not end by itself');
  const typedKey = ({ name, scopes, workspace, expires }: Typed): Readonly<Record<string, unknown>> => ({
    name,
    scopes: scopes?.split(','),
    workspace,
    expires_at: endOf(expires, new Date()),
  });
  does(
    lasting(inOrganization(keys.command('create')))
      .requiredOption('--scopes <list>', 'read,write,build,admin')
      .option('--workspace <slug>', 'hold the key to this workspace'),
    (typed) => async (admin) => {
      const { name, scopes, workspace, expires_at } = await admin.check(CreateKeyRequest, typedKey(typed));
      const expiresAt = expires_at == null ? null : new Date(expires_at);
      const key = { name, scopes, workspace: workspace ?? null, expiresAt };
      return admin.command(new CreateKey(await admin.organization(typed.org), key, null));
    },
  );
  does(
    lasting(keys.command('create-operator').description('a key that makes organizations and sees into none')),
    (typed) => async (admin) => {
      const asked = await admin.check(CreateKeyRequest, { ...typedKey(typed), scopes: ['admin'] });
      const expiresAt = asked.expires_at == null ? null : new Date(asked.expires_at);
      return makeOperatorKey(admin.config.database.ownerUrl, { name: asked.name, expiresAt });
    },
  );
  does(inOrganization(keys.command('list')), ({ org }) => async (admin) => {
    const organization = await admin.organization(org);
    return everything((page) => admin.query(new ListKeys(organization, page)));
  });
  does(
    inOrganization(keys.command('revoke')).requiredOption('--id <uuid>', 'id of the key, as the list has it'),
    ({ org, id = '' }) =>
      async (admin) =>
        admin.command(new RevokeKey(await admin.organization(org), new UuidParam().transform(id))),
  );
}

/** All pages of a list. */
async function everything<Entry>(read: (page: PageRequest) => Promise<Page<Entry>>): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for (let page = 1; ; page += 1) {
    const { entries, total } = await read({ page, limit: 100 });
    found.push(...entries);
    if (found.length >= total || entries.length === 0) return found;
  }
}
