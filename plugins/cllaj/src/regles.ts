import {
  arrondir,
  type ContexteBilan,
  type ContexteCandidature,
  type ContexteConvention,
  type MontantExplique,
  plafondConventionne,
  plafonner,
  retenirDepenses,
  sommeRetenue,
} from '@sillage/dispositif-kit';
import { aConfirmer, dateEnFrancais, type Decision, Montant, non, oui } from '@sillage/kernel';
import type { champsBilan } from './bilan.champs.js';
import { type champsCandidature, type termesConvention, TYPES_ACTION } from './candidature.champs.js';
import type { parametres } from './parametres.js';
import { plan } from './plan.js';

type Candidature = ContexteCandidature<typeof champsCandidature, typeof parametres>;
type Convention = Omit<ContexteConvention<typeof termesConvention, typeof parametres>, 'montant'>;
type Bilan = ContexteBilan<typeof champsCandidature, typeof termesConvention, typeof parametres, typeof champsBilan>;

/** CLLAJ-FIN-01: one request never goes beyond what a CLLAJ may have in a year; the sum of its projects is the core's to hold. */
export function demandeSousLePlafond({ champs, parametres }: Candidature): Decision {
  if (champs.montantDemande.comparer(parametres.plafondAnnuel.valeur) <= 0) return oui();
  return non({
    code: 'MONTANT_SUPERIEUR_AU_PLAFOND',
    message: `La participation est d’au plus ${parametres.plafondAnnuel.cite.valeur} par an et par CLLAJ.`,
    regle: 'CLLAJ-FIN-01',
    chemin: ['champs', 'montantDemande'],
  });
}

/** AMB-101: an expense is paid for once: the participation and the other funds stay within what is planned. */
export function sansDoubleFinancement({ champs }: Candidature): Decision {
  const total = Montant.somme(champs.depensesPrevues.map(({ montant }) => montant));
  const finance = champs.montantDemande.plus(champs.cofinancements ?? Montant.ZERO);
  if (finance.comparer(total) <= 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `La participation et les autres financements font ${finance.enFrancais()} pour ${total.enFrancais()} de dépenses prévues : une dépense ne s’impute qu’une fois.`,
    regle: 'CLLAJ-FIN-02',
    chemin: ['champs', 'montantDemande'],
  });
}

/** AMB-101: other funds are said, and somebody looks at them. */
export function cofinancementsDeclares({ champs }: Candidature): Decision {
  const { cofinancements } = champs;
  if (cofinancements === null || cofinancements.comparer(Montant.ZERO) === 0) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${cofinancements.enFrancais()} d’autres financements sur les mêmes dépenses : à confirmer.`,
    regle: 'AMB-101',
    chemin: ['champs', 'cofinancements'],
  });
}

/** CLLAJ-WF-01: permanences, workshops and new ways are all three expected; one that is missing is an alert (AMB-137). */
export function troisComposantes({ champs }: Candidature): Decision {
  const proposes = new Set<string>(champs.actions.map(({ type }) => type));
  const manquantes = [
    ...(proposes.has('PERMANENCE') ? [] : [TYPES_ACTION.PERMANENCE]),
    ...(proposes.has('ATELIER') ? [] : [TYPES_ACTION.ATELIER]),
    ...(proposes.has('ALLER_VERS') || proposes.has('ACCOMPAGNEMENT')
      ? []
      : [`${TYPES_ACTION.ALLER_VERS} ou d’accompagnement`]),
  ];
  if (manquantes.length === 0) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `L’expérimentation ne propose pas : ${manquantes.join(', ')}. À confirmer.`,
    regle: 'CLLAJ-WF-01',
    chemin: ['champs', 'actions'],
  });
}

/** CLLAJ-TERR-01: each action is on a territory of the candidature. */
export function actionsSurLesTerritoires({ champs, territoires, nomDuTerritoire }: Candidature): Decision {
  const hors = champs.actions.filter(({ territoire }) => !territoires.includes(territoire));
  if (hors.length === 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Ces actions ne sont pas sur les territoires de la candidature (${territoires.map(nomDuTerritoire).join(', ')}) : ${hors.map(({ intitule }) => intitule).join(', ')}.`,
    regle: 'CLLAJ-TERR-01',
    chemin: ['champs', 'actions'],
  });
}

/** CLLAJ-CAL-02: each action opens during the operation. */
export function actionsPendantLOperation({ champs, parametres }: Candidature): Decision {
  const [du, au] = [parametres.debutOperation.valeur, parametres.finOperation.valeur];
  const hors = champs.actions.filter(
    ({ ouverture }) => ouverture.toString() < du.toString() || ouverture.toString() > au.toString(),
  );
  if (hors.length === 0) return oui();
  return non({
    code: 'PERIODE_INVALIDE',
    message: `L’opération va du ${dateEnFrancais(du)} au ${dateEnFrancais(au)} : ${hors.map(({ intitule }) => intitule).join(', ')} n’y ouvre pas.`,
    regle: 'CLLAJ-CAL-02',
    chemin: ['champs', 'actions'],
  });
}

/** CLLAJ-FIN-01: what one convention may take of the year; what the structure's others take is the core's to count. */
export function plafondConvention({ parametres }: Convention): MontantExplique {
  const { valeur, cite } = parametres.plafondAnnuel;
  return {
    montant: valeur,
    explication: {
      libelle: 'Plafond de la participation du Département',
      resultat: valeur.enFrancais(),
      formule: 'plafond par an et par CLLAJ',
      regle: 'CLLAJ-FIN-01',
      parametres: [cite],
    },
  };
}

/** CLLAJ-PAY-02: what was spent as planned, at most what the convention grants, in one balance (AMB-051). */
export function montantDu({ champs, bilan, montantConventionne, parametres }: Bilan): MontantExplique {
  const retenues = retenirDepenses({
    plan,
    prevues: champs.depensesPrevues,
    encourues: bilan.depensesEncourues,
    borne: parametres.borneDuPrevu,
    regle: 'CLLAJ-FIN-02',
  });
  return arrondir(
    plafonner(
      { libelle: 'Montant dû au titre de l’opération', regle: 'CLLAJ-PAY-02' },
      plafondConventionne(montantConventionne),
      sommeRetenue(retenues, 'Dépenses retenues', ['PERSONNEL', 'FONCTIONNEMENT']),
    ),
  );
}

/** CLLAJ-IND-05: somebody counted once is neither nobody nor two (AMB-160). */
export function jeunesComptesUneFois({ bilan }: Bilan): Decision {
  const { jeunesPermanences, jeunesAteliers, jeunesDistincts } = bilan;
  const somme = jeunesPermanences + jeunesAteliers;
  const auMoins = Math.max(jeunesPermanences, jeunesAteliers);
  if (jeunesDistincts >= auMoins && jeunesDistincts <= somme) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Chaque jeune compte une fois : le total est entre ${auMoins} et ${somme}.`,
    regle: 'CLLAJ-IND-05',
    chemin: ['bilan', 'jeunesDistincts'],
  });
}
