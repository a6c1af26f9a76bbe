import { champ, type ContexteEligibilite, definirEligibilite } from '@sillage/dispositif-kit';
import { aConfirmer, ageRevolu, type Decision, non, oui } from '@sillage/kernel';
import type { parametres } from './parametres.js';

const difficulte = (quoi: string) => champ.booleen({ libelle: `Difficultés ${quoi}`, regle: 'ASE-ELIG-04' });

/** What the one who prescribes tells of a young person; codes only (ASE-DATA-01). */
const champsPublic = {
  naissance: champ.date({ libelle: 'Date de naissance', regle: 'ASE-ELIG-03', nominatif: true }),
  statut: champ.choix(
    {
      CONFIE: 'Confié à l’ASE',
      CONTRAT_JEUNE_MAJEUR: 'En contrat jeune majeur',
      SORTI: 'Ayant été confié à l’ASE',
      JAMAIS_CONFIE: 'Jamais confié',
    },
    { libelle: 'Statut à l’ASE', regle: 'ASE-ELIG-01' },
  ),
  mineurNonAccompagne: champ.booleen({ libelle: 'Arrivé comme mineur non accompagné', regle: 'ASE-ELIG-01' }),
  rsa: champ.choix(
    { AUCUN: 'Aucun', PAS_DE_CALAIS: 'Du Pas-de-Calais', AUTRE_DEPARTEMENT: 'D’un autre département' },
    { libelle: 'RSA perçu', regle: 'ASE-ELIG-02' },
  ),
  scolaires: difficulte('scolaires'),
  professionnelles: difficulte('professionnelles'),
  sociales: difficulte('sociales'),
  educatives: difficulte('éducatives'),
  personnelles: difficulte('personnelles'),
};

type Contexte = ContexteEligibilite<typeof champsPublic, typeof parametres>;

/** ASE-ELIG-01: confided to the ASE, now or in the past; to have come alone is a profile, not a status (AMB-015). */
function statutAdmis({ personne, parametres }: Contexte): Decision {
  const { statut, mineurNonAccompagne } = personne;
  if (statut !== 'JAMAIS_CONFIE' || (mineurNonAccompagne && parametres.mnaSansStatut.valeur)) return oui();
  return refuser('ASE-ELIG-01', 'statut', 'Le public est confié à l’aide sociale à l’enfance, ou l’a été.');
}

/** ASE-ELIG-02: no RSA at the entry (AMB-017). */
function sansRsa({ personne: { rsa }, parametres: { rsaExclu } }: Contexte): Decision {
  if (rsa === 'AUCUN' || (rsa === 'AUTRE_DEPARTEMENT' && rsaExclu.valeur === 'DEPARTEMENT')) return oui();
  return refuser('ASE-ELIG-02', 'rsa', `Un bénéficiaire du RSA n’entre pas : ${rsaExclu.cite.valeur}.`);
}

/**
 * ASE-ELIG-03: from 16 to the 21st birthday; who has left the ASE may enter until the eve of the 25th, beyond the 21st on a decision
 * of the RSASE or the SLAI (AMB-014).
 */
function ageAdmis({ personne: { naissance, statut }, le, parametres }: Contexte): Decision {
  const { ageMin, ageMax, ageFin } = parametres;
  const age = ageRevolu(naissance, le);
  const sorti = statut === 'SORTI';
  if (age < ageMin.valeur)
    return refuser('ASE-ELIG-03', 'naissance', `${age} ans : l’entrée est à ${ageMin.cite.valeur}.`);
  const passe =
    age > ageMax.valeur || (age === ageMax.valeur && ageRevolu(naissance, le.subtract({ days: 1 })) === age);
  if (!passe) return oui();
  if (!sorti || age >= ageFin.valeur) {
    const borne = sorti ? `avant ${ageFin.cite.valeur}, après la sortie de l’ASE` : `jusqu’aux ${ageMax.cite.valeur}`;
    return refuser('ASE-ELIG-03', 'naissance', `${age} ans : l’entrée se fait ${borne}.`);
  }
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${age} ans, après la sortie de l’ASE : le RSASE ou le SLAI valide l’entrée.`,
    regle: 'ASE-ELIG-03',
    chemin: ['personne', 'naissance'],
  });
}

/** ASE-ELIG-04: (at school or at work) and (social, educational or personal); told, never blocking (AMB-018). */
function difficultesCumulees({ personne }: Contexte): Decision {
  const insertion = personne.scolaires || personne.professionnelles;
  if (insertion && (personne.sociales || personne.educatives || personne.personnelles)) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message:
      'Les difficultés ne se cumulent pas : scolaires ou professionnelles d’une part ; sociales, éducatives ou personnelles de l’autre.',
    regle: 'ASE-ELIG-04',
    chemin: ['personne', insertion ? 'sociales' : 'scolaires'],
  });
}

function refuser(regle: string, nom: keyof typeof champsPublic, message: string): Decision {
  return non({ code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['personne', nom] });
}

export const eligibilite = definirEligibilite<typeof champsPublic, typeof parametres>({
  a: 'Entrée dans l’accompagnement',
  champs: champsPublic,
  regles: [
    { regle: 'ASE-ELIG-01', libelle: 'Confié à l’ASE, ou l’ayant été', decider: statutAdmis },
    { regle: 'ASE-ELIG-02', libelle: 'Sans RSA', decider: sansRsa },
    { regle: 'ASE-ELIG-03', libelle: 'De 16 à 21 ans, 25 après la sortie de l’ASE', decider: ageAdmis },
    { regle: 'ASE-ELIG-04', libelle: 'Difficultés cumulées, ou confirmées', decider: difficultesCumulees },
  ],
});
