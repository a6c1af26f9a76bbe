import {
  type DemandeDeFin,
  dernierEnvoi,
  echeanceAnnuelle,
  finAuPlusTot,
  type FinCalculee,
  type NatureDeFin,
  REGLES_DE_FIN,
} from '@sillage/dispositif-kit';
import { type DateCivile, dateEnFrancais, type Decision, non, oui, Refus, Temporal, toutes } from '@sillage/kernel';
import { direLEtat } from '../api/index.js';
import { estSignee, type EtatConvention, ETATS_CONVENTION } from './convention.entity.js';
import type { SituationConvention } from './convention.policy.js';

const CONVENTION = ['input', 'conventionId'];

/** What each way to end a convention leads to, and from where (CONV-WF-01): a fault may be found while a notice runs. */
export const FINS = {
  DENONCIATION: { depuis: ['SIGNEE'], vers: 'DENONCEE', participe: 'dénonce' },
  RESILIATION: { depuis: ['SIGNEE', 'DENONCEE'], vers: 'RESILIEE', participe: 'résilie' },
} as const satisfies Record<
  NatureDeFin,
  { depuis: readonly EtatConvention[]; vers: EtatConvention; participe: string }
>;

/** A project is given up as long as both have not signed it. */
export function deciderAbandon({ etat }: Pick<SituationConvention, 'etat'>): Decision {
  if (etat === 'PROJET') return oui();
  return refuser(
    etat === 'ABANDONNEE'
      ? 'Cette convention est déjà abandonnée.'
      : 'Cette convention est signée : elle se dénonce ou se résilie, elle ne s’abandonne plus.',
    'CONV-WF-01',
  );
}

/** Whether a convention can be ended that way at all, whatever the dates. */
export function deciderFin(nature: NatureDeFin, s: SituationConvention): Decision {
  const { depuis, participe } = FINS[nature];
  if (!(depuis as readonly EtatConvention[]).includes(s.etat)) {
    return refuser(
      estSignee(s.etat)
        ? `On ne ${participe} pas cette convention, qui prend déjà fin : ${direLEtat(ETATS_CONVENTION, s.etat)}`
        : `On ne ${participe} qu’une convention signée par les deux parties.`,
      'CONV-WF-01',
    );
  }
  if (s.bilanRemis) {
    return refuser('Le bilan est remis : la convention ne finit plus autrement, sauf s’il est renvoyé.', 'TRANS-25');
  }
  return s.continuer;
}

/** A convention that somebody wants to end, on a day and for a day. */
export interface DemandeDatee extends DemandeDeFin {
  readonly signeeLe: DateCivile;
  readonly aujourdhui: DateCivile;
  /** Asked last day; null for the earliest. */
  readonly effetLe: DateCivile | null;
}

/**
 * The last day that a letter gives to a convention.
 * @throws Refus PERIODE_INVALIDE with CONV-DEL-01 or CONV-DEL-02; ETAT_INCOMPATIBLE when the fault may still be put right (AMB-035)
 */
export function fixerFin(demande: DemandeDatee): FinCalculee {
  const { nature, envoyeeLe, au, aujourdhui } = demande;
  const regle = REGLES_DE_FIN[nature];
  const chemin = ['input', 'envoyeeLe'];
  exigerEnvoi(demande, regle);
  const auPlusTot = finAuPlusTot(demande);
  if (auPlusTot === null) {
    const message = `Un courrier envoyé le ${dateEnFrancais(envoyeeLe)} ne ferait rien finir avant le ${dateEnFrancais(au)}, dernier jour de la convention.`;
    throw Refus.de('PERIODE_INVALIDE', message, { path: chemin, regle });
  }
  if (nature === 'RESILIATION' && apres(auPlusTot.le, aujourdhui)) {
    const message = `La résiliation se prononce à partir du ${dateEnFrancais(auPlusTot.le)}, si le courrier est resté sans effet.`;
    throw Refus.de('ETAT_INCOMPATIBLE', message, { path: chemin, regle: 'AMB-035' });
  }
  const effetLe = demande.effetLe ?? auPlusTot.le;
  const { issue, motifs } = deciderEffet(effetLe, auPlusTot.le, demande);
  if (issue !== 'OUI')
    throw Refus.de('PERIODE_INVALIDE', motifs[0]?.message ?? '', { path: ['input', 'effetLe'], regle });
  return { le: effetLe, explication: auPlusTot.explication };
}

/** Whether a last day is one that a letter allows, when the earliest is known. */
function deciderEffet(effetLe: DateCivile, auPlusTot: DateCivile, demande: DemandeDeFin): Decision {
  const { nature, au, parametres } = demande;
  const refus = (message: string): Decision =>
    non({ code: 'PERIODE_INVALIDE', message, regle: REGLES_DE_FIN[nature], chemin: ['input', 'effetLe'] });
  const echeance = echeanceAnnuelle(effetLe, demande);
  const horsEcheance = nature === 'DENONCIATION' && apres(echeance, effetLe);
  const limite = dernierEnvoi(echeance, parametres.denonciationPreavis.valeur);
  const envoi =
    nature === 'DENONCIATION' && !horsEcheance
      ? ` : pour cette échéance, il devait partir le ${dateEnFrancais(limite)} au plus tard`
      : '';
  return toutes(
    apres(auPlusTot, effetLe)
      ? refus(`Ce courrier fait finir la convention le ${dateEnFrancais(auPlusTot)} au plus tôt${envoi}.`)
      : oui(),
    apres(effetLe, au) ? refus(`La convention finit d’elle-même le ${dateEnFrancais(au)}.`) : oui(),
    horsEcheance
      ? refus(`Une convention se dénonce pour une échéance annuelle : la suivante est le ${dateEnFrancais(echeance)}.`)
      : oui(),
  );
}

function exigerEnvoi({ envoyeeLe, signeeLe, aujourdhui }: DemandeDatee, regle: string): void {
  const path = ['input', 'envoyeeLe'];
  if (apres(envoyeeLe, aujourdhui)) {
    const message = `Un courrier ne peut être envoyé après aujourd’hui (${dateEnFrancais(aujourdhui)}).`;
    throw Refus.de('PERIODE_INVALIDE', message, { path, regle });
  }
  if (apres(signeeLe, envoyeeLe)) {
    const message = `Un courrier ne peut précéder la signature de la convention (${dateEnFrancais(signeeLe)}).`;
    throw Refus.de('PERIODE_INVALIDE', message, { path, regle });
  }
}

function refuser(message: string, regle: string): Decision {
  return non({ code: 'ETAT_INCOMPATIBLE', message, regle, chemin: CONVENTION });
}

function apres(a: DateCivile, b: DateCivile): boolean {
  return Temporal.PlainDate.compare(a, b) > 0;
}
