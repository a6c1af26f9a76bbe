import { type ContexteCandidature, nombreEnFrancais } from '@sillage/dispositif-kit';
import { aConfirmer, type Decision, Fraction, Montant, non, oui } from '@sillage/kernel';
import type { champsCandidature } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = ContexteCandidature<typeof champsCandidature, typeof parametres>;

/** ASE-FIN-01: at most the cap of 52 000 EUR per ETP. The duration, hence any prorata, is set later, with the convention. */
export function demandeSousLePlafond({ champs, parametres }: Contexte): Decision {
  const plafond = Montant.arrondir(parametres.plafondParEtp.valeur.enFraction().fois(champs.etp));
  if (champs.montantDemande.comparer(plafond) <= 0) return oui();
  return non({
    code: 'MONTANT_SUPERIEUR_AU_PLAFOND',
    message: `La participation demandée dépasse le plafond de ${plafond.enFrancais()} pour ${nombreEnFrancais(champs.etp)} ETP.`,
    regle: 'ASE-FIN-01',
    chemin: ['champs', 'montantDemande'],
  });
}

/** ASE-FIN-07: 30 places per ETP are a target, not an obligation (AMB-081): below it, the siège confirms. */
export function cibleDePlaces({ champs, parametres }: Contexte): Decision {
  const cible = champs.etp.fois(Fraction.de(BigInt(parametres.placesParEtp.valeur)));
  const places = cible.entierInferieur();
  if (BigInt(champs.accompagnementsEngages) >= places) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${champs.accompagnementsEngages} accompagnements engagés pour une cible de ${places} places : à confirmer.`,
    regle: 'ASE-FIN-07',
    chemin: ['champs', 'accompagnementsEngages'],
  });
}

/** ASE-FIN-06: half of the funding rests on the charter; a commitment not taken is for the siège to weigh. */
export function engagementsDeLaCharte({ champs }: Contexte): Decision {
  const pris = [
    champs.engagementMoyens,
    champs.engagementAccompagnement,
    champs.engagementPartenariatDepartement,
    champs.engagementProcedures,
    champs.engagementCommunication,
    champs.engagementPartenariatTerritorial,
  ];
  const manquants = pris.filter((engagement) => !engagement).length;
  if (manquants === 0) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${manquants} engagement${manquants > 1 ? 's' : ''} de la charte qualité sur 6 non pris : à confirmer.`,
    regle: 'ASE-FIN-06',
  });
}
