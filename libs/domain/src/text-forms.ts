/** Text that a reader sees as it is. */
export const printable = /^[^\p{Cc}\p{Cs}]*$/u;

/** Text that the database can keep. */
export const storable = /^[^\0\p{Cs}]*$/u;

/** A name in paths, as the database has it too. */
export const slugForm = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A UUID as the database writes it. */
export const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A UUID of any version, in either case of letters, as the database reads it. */
export const isUuid = (text: string): boolean => uuidForm.test(text.toLowerCase());
