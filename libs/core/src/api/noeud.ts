import { Refus } from '@sillage/kernel';
import { ecrireIdentifiant, lireUuid } from '@sillage/read';

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
  | 'ImportationCandidatures'
  | 'Convention'
  | 'Avenant'
  | 'Bilan'
  | 'Piece'
  | 'Cotation'
  | 'Suivi'
  | 'Versement'
  | 'Enveloppe'
  | 'Bordereau'
  | 'Tache'
  | 'Ecriture'
  | 'Jeune'
  | 'DossierPersonnel'
  | 'PropositionConservation'
  | 'Accompagnement'
  | 'Acte'
  | 'LigneJournal';

/** The opaque id of a row, as the API shows it. */
export function idOpaque(type: TypeNoeud, uuid: string): string {
  return ecrireIdentifiant(type, uuid);
}

/**
 * The row's uuid behind an opaque id. An id that is malformed, or of another type, is refused exactly like one that does not exist.
 * @throws Refus INTROUVABLE at `path`
 */
export function lireId(type: TypeNoeud, id: string, path: string[]): string {
  const uuid = lireUuid(type, id);
  if (uuid !== null) return uuid;
  throw introuvable(path);
}

/** One refusal for "does not exist", "not of this département" and "not yours": from outside they look the same. */
export function introuvable(path: string[]): Refus {
  return Refus.de('INTROUVABLE', 'Cet objet n’existe pas, ou vous n’y avez pas accès.', { path });
}
