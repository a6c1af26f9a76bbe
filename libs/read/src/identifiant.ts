import type { TypeLu } from './declaration.js';

const FORME = /^(\w+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The opaque id of a row, as the API shows it; SQL writes the same (`'Acte-' || a.id`). */
export function ecrireIdentifiant(type: string, uuid: string): string {
  return `${type}-${uuid}`;
}

/** The uuid behind the opaque id of that type, null for any other text. */
export function lireUuid(type: string, id: string): string | null {
  const [, nom, uuid] = FORME.exec(id) ?? [];
  return nom === type && uuid !== undefined ? uuid : null;
}

/** PostgreSQL's type of the ids of a type's rows. */
export function typeDeCle({ cle = 'uuid' }: TypeLu): 'uuid' | 'text' {
  return cle;
}
