import type { ContexteCandidature } from '@sillage/dispositif-kit';
import { aConfirmer, type Decision, Montant, non, oui } from '@sillage/kernel';
import { capaciteTenue, coutDesMesures } from './capacite.js';
import type { champsCandidature } from './champs.js';
import { depensesRetenues } from './depenses.js';
import type { parametres } from './parametres.js';

type Contexte = ContexteCandidature<typeof champsCandidature, typeof parametres>;

/** ASGL-PORT-03: one line of measures for each territory of the candidature, no more, none empty. */
export function volumetrieParTerritoire({ champs, territoires, nomDuTerritoire }: Contexte): Decision {
  const saisis = champs.volumetrie.map(({ territoire }) => territoire).sort();
  const attendus = [...territoires].sort();
  const complete = saisis.length === attendus.length && saisis.every((code, rang) => code === attendus[rang]);
  if (complete && champs.volumetrie.every(({ simples, renforcees }) => simples + renforcees > 0)) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Indiquez les mesures de chaque territoire de la candidature, une ligne par territoire, au moins une mesure par ligne : ${attendus.map(nomDuTerritoire).join(', ')}.`,
    regle: 'ASGL-PORT-03',
    chemin: ['champs', 'volumetrie'],
  });
}

/** ASGL-FIN-05: the measures stay within the envelope. */
export function capacite({ champs, parametres }: Contexte): Decision {
  const { simples, renforcees } = totaux(champs);
  return capaciteTenue(simples, renforcees, parametres, ['champs', 'volumetrie']);
}

/** ASGL-FIN-02, ASGL-FIN-03: no more than the measures at their caps. */
export function demandeSousLePlafond({ champs, parametres }: Contexte): Decision {
  const { simples, renforcees } = totaux(champs);
  const plafond = Montant.arrondir(coutDesMesures(simples, renforcees, parametres).valeur);
  if (champs.montantDemande.comparer(plafond) <= 0) return oui();
  return non({
    code: 'MONTANT_SUPERIEUR_AU_PLAFOND',
    message: `La participation demandée dépasse le plafond des mesures proposées : ${plafond.enFrancais()}.`,
    regle: 'ASGL-FIN-02',
    chemin: ['champs', 'montantDemande'],
  });
}

/** ASGL-FIN-04: what is asked for is covered by what would be retained, were all that is planned spent. */
export function demandeCouverteParLesDepenses({ champs, parametres }: Contexte): Decision {
  const { depensesPrevues, montantDemande } = champs;
  const retenues = depensesRetenues({
    prevues: depensesPrevues,
    encourues: depensesPrevues,
    conventionne: montantDemande,
    parametres,
  });
  const total = Montant.arrondir(retenues.valeur);
  if (montantDemande.comparer(total) <= 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `La participation demandée dépasse les dépenses prévues, charges plafonnées à ${parametres.tauxCharges.cite.valeur} : ${total.enFrancais()}.`,
    regle: 'ASGL-FIN-04',
    chemin: ['champs', 'montantDemande'],
  });
}

/** ASGL-IND-01: the objective is the département's, an alert and nothing else (AMB-093, AMB-100). */
export function objectifDepartemental({ champs, parametres }: Contexte): Decision {
  const { simples, renforcees } = totaux(champs);
  const { valeur } = parametres.objectifMin;
  if (simples + renforcees >= valeur) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${simples + renforcees} mesures proposées pour un objectif départemental de ${valeur} : à confirmer, au regard des autres projets.`,
    regle: 'ASGL-IND-01',
    chemin: ['champs', 'volumetrie'],
  });
}

function totaux({ volumetrie }: Contexte['champs']): { simples: number; renforcees: number } {
  return {
    simples: volumetrie.reduce((total, ligne) => total + ligne.simples, 0),
    renforcees: volumetrie.reduce((total, ligne) => total + ligne.renforcees, 0),
  };
}
