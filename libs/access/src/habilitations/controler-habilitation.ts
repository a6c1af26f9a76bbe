import { ROLES } from '@sillage/kernel';
import type { DateCivile, ErreurMetier, Role } from '@sillage/kernel';

/** What an administrator asks for somebody. */
export interface DemandeHabilitation {
  readonly utilisateurId: string;
  readonly role: Role;
  readonly structureId: string | null;
  readonly territoireIds: readonly string[];
  /** Codes of the dispositifs where it counts; empty means all of them. */
  readonly dispositifs: readonly string[];
  readonly du: DateCivile;
  readonly au: DateCivile | null;
}

/** Everything that is wrong with the demand, before the database is asked anything; empty when all is well (TRANS-29). */
export function controlerHabilitation(demande: DemandeHabilitation, auteurId: string | null): ErreurMetier[] {
  const { utilisateurId, role, structureId, territoireIds, du, au } = demande;
  const { portee, libelle } = ROLES[role];
  const erreurs: ErreurMetier[] = [];
  if (utilisateurId === auteurId) {
    erreurs.push(
      erreur('AUTEUR_VALIDEUR_IDENTIQUES', 'utilisateurId', 'Personne ne s’accorde une habilitation à soi-même.'),
    );
  }
  if (portee === 'TERRITOIRE' && territoireIds.length === 0) {
    erreurs.push(
      erreur(
        'CHAMP_OBLIGATOIRE',
        'territoireIds',
        `Indiquez au moins un territoire : « ${libelle} » s’exerce sur des territoires.`,
      ),
    );
  }
  if (portee !== 'TERRITOIRE' && territoireIds.length > 0) {
    erreurs.push(
      erreur(
        'VALEUR_INVALIDE',
        'territoireIds',
        `Retirez les territoires : « ${libelle} » ne s’exerce pas par territoire.`,
      ),
    );
  }
  if (portee === 'STRUCTURE' && structureId === null) {
    erreurs.push(
      erreur('CHAMP_OBLIGATOIRE', 'structureId', `Indiquez la structure : « ${libelle} » s’exerce pour une structure.`),
    );
  }
  if (portee !== 'STRUCTURE' && structureId !== null) {
    erreurs.push(
      erreur('VALEUR_INVALIDE', 'structureId', `Retirez la structure : « ${libelle} » est un rôle du Département.`),
    );
  }
  if (au && au.toString() < du.toString()) {
    erreurs.push(erreur('PERIODE_INVALIDE', 'au', 'La fin précède le début : corrigez l’une des deux dates.'));
  }
  return erreurs;
}

function erreur(code: ErreurMetier['code'], champ: string, message: string): ErreurMetier {
  return { code, message, path: [champ], regle: 'TRANS-29' };
}
