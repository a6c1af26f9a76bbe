import type { DeclarationSuivi, SuiviAttendu } from '@sillage/dispositif-kit';
import { type DateCivile, dateEnFrancais, type Decision, non, Temporal, toutes } from '@sillage/kernel';
import { direLEtat } from '../api/index.js';
import { type EtatSuivi, ETATS_SUIVI } from './suivi.entity.js';

const ETATS_ATTENDU = {
  A_VENIR: 'La période n’est pas terminée',
  DU: 'À remettre',
  EN_RETARD: 'À remettre, l’échéance est passée',
  REMIS: 'Remis, à confirmer par le service',
  CONFIRME: 'Confirmé par le service',
} as const;
export type EtatAttendu = keyof typeof ETATS_ATTENDU;
export { ETATS_ATTENDU };

const refuser = (message: string, chemin: string): Decision =>
  non({ code: 'ETAT_INCOMPATIBLE', message, regle: 'TRANS-24', chemin: ['input', chemin] });

/** Where a period stands on a day of Paris; what was sent back is to hand in again. */
export function etatAttendu(
  { au, echeance }: Pick<SuiviAttendu, 'au' | 'echeance'>,
  remis: EtatSuivi | null,
  aujourdhui: DateCivile,
): EtatAttendu {
  if (remis === 'REMIS' || remis === 'CONFIRME') return remis;
  if (Temporal.PlainDate.compare(aujourdhui, echeance) > 0) return 'EN_RETARD';
  return Temporal.PlainDate.compare(aujourdhui, au) >= 0 || remis === 'A_COMPLETER' ? 'DU' : 'A_VENIR';
}

/** All that handing one in depends on; `attendu` is undefined for a period that the convention does not have. */
export interface SituationSuivi {
  readonly conventionSignee: boolean;
  readonly attendu: Pick<SuiviAttendu, 'des'> | undefined;
  readonly etat: EtatSuivi | null;
  readonly remisPar: string | null;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
}

/** From the day on that the declaration says: the period's last one, or its first for what takes place within it. */
export function deciderRemise(s: SituationSuivi, aujourdhui: DateCivile): Decision {
  if (!s.conventionSignee) return refuser('Un suivi se remet sur une convention signée.', 'conventionId');
  if (!s.attendu) return refuser('La convention n’a pas cette période.', 'rang');
  if (Temporal.PlainDate.compare(aujourdhui, s.attendu.des) < 0) {
    return refuser(`Le suivi de cette période se remet à partir du ${dateEnFrancais(s.attendu.des)}.`, 'rang');
  }
  if (s.etat === 'CONFIRME') return refuser('Ce suivi a été confirmé : il ne change plus.', 'rang');
  return s.continuer;
}

export function deciderExamen(
  s: Pick<SituationSuivi, 'etat' | 'remisPar' | 'continuer'>,
  utilisateurId: string,
): Decision {
  if (s.etat !== 'REMIS') {
    const pourquoi = s.etat === null ? 'il ne l’est pas.' : direLEtat(ETATS_SUIVI, s.etat);
    return refuser(`Un suivi s’examine une fois remis : ${pourquoi}`, 'suiviId');
  }
  if (s.remisPar === utilisateurId) {
    return non({
      code: 'AUTEUR_VALIDEUR_IDENTIQUES',
      message: 'Vous avez remis ce suivi : une autre personne le confirme.',
      regle: 'TRANS-29',
      chemin: ['input', 'suiviId'],
    });
  }
  return s.continuer;
}

type Controles = NonNullable<DeclarationSuivi['controles']>;
type ContexteDuSuivi = Parameters<Controles[number]['decider']>[0];

/** The dispositif's own rules. A rule says `suivi.<champ>`: the caller knows the field by its place in the request. */
export function deciderControles(
  { controles = [] }: DeclarationSuivi,
  contexte: ContexteDuSuivi,
  etapes: readonly Controles[number]['a'][],
  chemin: readonly string[],
): Decision {
  const retenus = controles.filter(({ a }) => etapes.includes(a));
  const { issue, motifs } = toutes(...retenus.map((controle) => controle.decider(contexte)));
  const situer = (lu: string[] | undefined) => (lu?.[0] === 'suivi' ? [...chemin, ...lu.slice(1)] : lu);
  return { issue, motifs: motifs.map(({ chemin: lu, ...motif }) => ({ ...motif, chemin: situer(lu) ?? [...chemin] })) };
}

/** What the final bilan asks of the reports: all of them confirmed, an answer in writing, or nothing. */
export function deciderAvantBilan(
  manquants: readonly { libelle: string; regle: string; exigence: unknown; rangs: readonly number[] }[],
  { motif }: { motif: string | null | undefined },
): Decision {
  const motifs = manquants.flatMap(({ libelle, regle, exigence, rangs }) => {
    if (rangs.length === 0 || exigence === 'AUCUNE' || (exigence === 'A_CONFIRMER' && motif)) return [];
    const quoi = `${libelle}, période${rangs.length > 1 ? 's' : ''} ${rangs.join(', ')}`;
    const [message, chemin] =
      exigence === 'A_CONFIRMER'
        ? [`Non confirmé : ${quoi}. Dites dans le motif pourquoi le bilan est confirmé malgré tout.`, 'motif']
        : [`Non confirmé : ${quoi}. Le bilan final attend ces suivis.`, 'bilanId'];
    return [{ code: 'REGLE_NON_RESPECTEE' as const, message, regle, chemin: ['input', chemin] }];
  });
  return motifs.length === 0 ? toutes() : non(motifs);
}
