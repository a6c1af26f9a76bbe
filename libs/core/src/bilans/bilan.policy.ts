import type { Dispositif } from '@sillage/dispositif-kit';
import { type DateCivile, dateEnFrancais, type Decision, non, toutes } from '@sillage/kernel';
import { direLEtat } from '../api/index.js';
import { type EtatBilan, ETATS_BILAN } from './bilan.entity.js';

/** All that a gesture on a bilan depends on, already read; `etat` is null before it is first handed in. */
export interface SituationBilan {
  readonly etat: EtatBilan | null;
  readonly conventionSignee: boolean;
  /** Last day of the convention: a bilan says what was done under the whole of it (AMB-194). */
  readonly au: DateCivile;
  readonly remisPar: string | null;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
}

const refuser = (message: string, chemin: string): Decision =>
  non({ code: 'ETAT_INCOMPATIBLE', message, regle: 'TRANS-25', chemin: ['input', chemin] });

export function deciderRemise(s: SituationBilan, aujourdhui: DateCivile): Decision {
  if (!s.conventionSignee) return refuser('Un bilan se remet sur une convention signée.', 'conventionId');
  if (aujourdhui.since(s.au).days < 0) {
    return refuser(
      `La convention court jusqu’au ${dateEnFrancais(s.au)} : son bilan se remet ensuite.`,
      'conventionId',
    );
  }
  if (s.etat === 'CONFIRME') return refuser('Le bilan a été confirmé : il ne change plus.', 'conventionId');
  return s.continuer;
}

export function deciderExamen(s: SituationBilan, utilisateurId: string, aujourdhui: DateCivile): Decision {
  if (s.etat !== 'REMIS') {
    const pourquoi = s.etat === null ? 'il ne l’est pas.' : direLEtat(ETATS_BILAN, s.etat);
    return refuser(`Un bilan s’examine une fois remis : ${pourquoi}`, 'bilanId');
  }
  if (aujourdhui.since(s.au).days < 0) {
    return refuser(`La convention court jusqu’au ${dateEnFrancais(s.au)} : son bilan se confirme ensuite.`, 'bilanId');
  }
  if (s.remisPar === utilisateurId) {
    return non({
      code: 'AUTEUR_VALIDEUR_IDENTIQUES',
      message: 'Vous avez remis ce bilan : une autre personne le confirme.',
      regle: 'TRANS-29',
      chemin: ['input', 'bilanId'],
    });
  }
  return s.continuer;
}

/** A confirmation is undone as long as nobody has liquidated what it made due. */
export function deciderReouverture(s: SituationBilan, liquides: readonly string[]): Decision {
  if (s.etat !== 'CONFIRME') return refuser('Seul un bilan confirmé se rouvre.', 'bilanId');
  if (liquides.length > 0) {
    return refuser(`Ce qu’il a rendu dû est déjà liquidé : ${liquides.join(', ')}.`, 'bilanId');
  }
  return s.continuer;
}

type DeclarationBilan = NonNullable<Dispositif['bilan']>;
type ContexteDuBilan = Parameters<NonNullable<DeclarationBilan['controles']>[number]['decider']>[0];

/** The dispositif's own rules on a bilan. A rule says `bilan.<champ>`: the caller knows the field by its place in the request. */
export function deciderControles(
  { controles = [] }: DeclarationBilan,
  contexte: ContexteDuBilan,
  chemin: readonly string[],
): Decision {
  const { issue, motifs } = toutes(...controles.map((controle) => controle.decider(contexte)));
  const situer = (lu: string[] | undefined) => (lu?.[0] === 'bilan' ? [...chemin, ...lu.slice(1)] : lu);
  return { issue, motifs: motifs.map(({ chemin: lu, ...motif }) => ({ ...motif, chemin: situer(lu) ?? [...chemin] })) };
}
