import type { ContexteCandidature } from '@sillage/dispositif-kit';
import { aConfirmer, type Decision, non, oui } from '@sillage/kernel';
import type { champsCandidature } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = ContexteCandidature<typeof champsCandidature, typeof parametres>;

/** GRAINE-PORT-01: an association, a structure with the label, or both. */
export function porteurEligible({ champs }: Contexte): Decision {
  if (champs.associationLoi1901 || champs.labelE2c !== null) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message:
      'Le porteur est une association loi 1901, un organisme labellisé « École de la deuxième chance », ou les deux : indiquez la référence du label.',
    regle: 'GRAINE-PORT-01',
    chemin: ['champs', 'labelE2c'],
  });
}

/** GRAINE-WF-05: workshops belong to the territories of the candidature; none at all is for the siège to weigh. */
export function ateliersSurLesTerritoires({ champs, territoires, nomDuTerritoire }: Contexte): Decision {
  const regle = 'GRAINE-WF-05';
  const chemin = ['champs', 'ateliers'];
  const ailleurs = champs.ateliers.map(({ territoire }) => territoire).filter((code) => !territoires.includes(code));
  if (ailleurs.length > 0) {
    return non({
      code: 'REGLE_NON_RESPECTEE',
      message: `Ces ateliers sont hors des territoires de la candidature : ${[...new Set(ailleurs)].map(nomDuTerritoire).join(', ')}.`,
      regle,
      chemin,
    });
  }
  if (champs.ateliers.length > 0) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: 'Aucun atelier « graine de » sur un secteur validé en CLPE : à confirmer.',
    regle,
    chemin,
  });
}

/** GRAINE-IND-02: nobody leaves well who has not entered. */
export function objectifsCoherents({ champs }: Contexte): Decision {
  if (champs.objectifSorties <= champs.objectifRaccroches) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `L’objectif de sorties positives dépasse celui de jeunes raccrochés : ${champs.objectifRaccroches}.`,
    regle: 'GRAINE-IND-02',
    chemin: ['champs', 'objectifSorties'],
  });
}
