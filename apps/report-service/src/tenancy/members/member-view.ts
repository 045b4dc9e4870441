/** A row of a member, of an organization or of a workspace. */
export interface MemberRow<Role> {
  readonly id: string;
  readonly subject: string;
  readonly role: Role;
  readonly name: string | null;
  readonly email: string | null;
  readonly created_at: Date;
}

export const memberView = <Role>(
  row: MemberRow<Role>,
): Omit<MemberRow<Role>, 'created_at'> & { created_at: string } => ({
  id: row.id,
  subject: row.subject,
  role: row.role,
  name: row.name,
  email: row.email,
  created_at: row.created_at.toISOString(),
});
