import { Refus } from '@sillage/kernel';
import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** The kinds of objects that have an opaque `id`. */
export type TypeNoeud =
  | 'Territoire'
  | 'Structure'
  | 'Service'
  | 'Utilisateur'
  | 'Habilitation'
  | 'Activation'
  | 'Appel'
  | 'SurchargeParametre'
  | 'Candidature'
  | 'Convention'
  | 'Versement'
  | 'Journal';

@InterfaceType({ description: 'Tout objet qui porte un identifiant opaque, stable et unique.' })
export abstract class Node {
  @Field(() => ID, { description: 'Identifiant opaque : ne le découpez pas, ne le fabriquez pas.' })
  id!: string;
}

/** The opaque id of a row, as the API shows it. */
export function idOpaque(type: TypeNoeud, uuid: string): string {
  return Buffer.from(`${type}:${uuid}`).toString('base64url');
}

/** As PostgreSQL writes it, and nothing that it would refuse to read. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The row's uuid behind an opaque id. An id that is malformed, or of another type, is refused exactly like one that does not exist.
 * @throws Refus INTROUVABLE at `path`
 */
export function lireId(type: TypeNoeud, id: string, path: string[]): string {
  const [prefixe, uuid, ...reste] = Buffer.from(id, 'base64url').toString('utf8').split(':');
  if (prefixe === type && uuid !== undefined && reste.length === 0 && UUID.test(uuid)) return uuid;
  throw introuvable(path);
}

/** The same for a query, where what does not exist is null, whatever the reason. */
export function lireIdOuNul(type: TypeNoeud, id: string): string | null {
  try {
    return lireId(type, id, []);
  } catch {
    return null;
  }
}

/** One refusal for "does not exist", "not of this département" and "not yours": from outside they look the same. */
export function introuvable(path: string[]): Refus {
  return Refus.de('INTROUVABLE', 'Cet objet n’existe pas, ou vous n’y avez pas accès.', { path });
}
