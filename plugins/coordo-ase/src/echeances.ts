import type { DeclarationEcheance } from '@sillage/dispositif-kit';
import type { parametres } from './parametres.js';

/** The days that count for a young person, and for a coordo. */
export const echeances: readonly DeclarationEcheance<typeof parametres>[] = [
  {
    code: 'RDV_TRIPARTITE',
    libelle: 'Rendez-vous tripartite tenu',
    depuis: 'Prise de contact avec le coordo',
    dans: 'delaiRendezVous',
    regle: 'ASE-DEL-01',
  },
  {
    code: 'ENTRETIEN_LEGAL',
    libelle: 'Entretien de préparation à l’autonomie, utile au repérage',
    depuis: 'Naissance',
    dans: 'ageEntretien',
    forme: 'ANNIVERSAIRE',
    regle: 'ASE-WF-06',
  },
  {
    code: 'FIN_DU_CONTRAT_JEUNE_MAJEUR',
    libelle: 'Dernier jour d’un contrat jeune majeur, au plus tard',
    depuis: 'Naissance',
    dans: 'ageContrat',
    forme: 'ANNIVERSAIRE',
    regle: 'ASE-WF-07',
  },
  {
    // The end is proposed, a person decides it (AMB-120).
    code: 'FIN_D_ACCOMPAGNEMENT',
    libelle: 'Fin de l’accompagnement, si l’autonomie n’est pas venue plus tôt',
    depuis: 'Naissance',
    dans: 'ageFin',
    forme: 'ANNIVERSAIRE',
    regle: 'ASE-WF-03',
  },
  {
    // The 29th day of an absence: one of 28 days is over before it (AMB-067).
    code: 'INFORMATION_D_ABSENCE',
    libelle: 'Information de l’ASE, du SLAI et du siège ; continuité ou remplacement',
    depuis: 'Premier jour de l’absence d’un coordo',
    dans: 'seuilAbsence',
    regle: 'ASE-WF-11',
  },
];
