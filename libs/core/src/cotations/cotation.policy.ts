import { type DateCivile, dateEnFrancais, type Decision, non } from '@sillage/kernel';
import { direLEtat } from '../api/index.js';
import { type EtatCotation, ETATS_COTATION } from './cotation.entity.js';

/** What may be done of a cotation: from which states, to which one; null before it exists. */
export const GESTES_COTATION = {
  RENSEIGNER: { libelle: 'donner ses preuves', de: [null, 'PREUVES'], vers: 'PREUVES' },
  SOUMETTRE: { libelle: 'remettre ses preuves', de: ['PREUVES'], vers: 'SOUMISE' },
  NOTER: { libelle: 'noter', de: ['SOUMISE'], vers: 'SOUMISE' },
  PROPOSER: { libelle: 'proposer les notes au porteur', de: ['SOUMISE'], vers: 'PROPOSEE' },
  OBSERVER: { libelle: 'contester des notes', de: ['PROPOSEE'], vers: 'CONTESTEE' },
  ARRETER: { libelle: 'arrêter les notes', de: ['PROPOSEE', 'CONTESTEE'], vers: 'DEFINITIVE' },
  ROUVRIR: { libelle: 'rouvrir les notes', de: ['DEFINITIVE'], vers: 'SOUMISE' },
} as const satisfies Record<string, { libelle: string; de: readonly (EtatCotation | null)[]; vers: EtatCotation }>;
export type GesteCotation = keyof typeof GESTES_COTATION;

/** All that a gesture on a cotation depends on, already read. */
export interface SituationCotation {
  readonly etat: EtatCotation | null;
  readonly conventionSignee: boolean;
  /** Items that nobody has scored. */
  readonly sansNote: readonly string[];
  readonly observationsJusquAu: DateCivile | null;
  readonly proposeePar: string | null;
  /** A balance was computed from it. */
  readonly bilanConfirme: boolean;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
}

const CHEMIN = ['input', 'cotationId'];

/** AMB-078: the porteur shows, services score, the porteur contradicts within a delay, the siège decides: no single judge. */
export function deciderGeste(
  geste: GesteCotation,
  s: SituationCotation,
  utilisateurId: string,
  aujourdhui: DateCivile,
): Decision {
  const { de, libelle } = GESTES_COTATION[geste];
  if (!s.conventionSignee) return refuser('Seule une convention signée se note.', ['input', 'conventionId']);
  if (!(de as readonly (EtatCotation | null)[]).includes(s.etat)) {
    return refuser(
      `On ne peut pas ${libelle} : ${s.etat === null ? 'il n’y a pas de cotation.' : direLEtat(ETATS_COTATION, s.etat)}`,
      s.etat === null || geste === 'RENSEIGNER' ? ['input', 'conventionId'] : CHEMIN,
    );
  }
  return deciderSelon(geste, s, utilisateurId, aujourdhui) ?? s.continuer;
}

/** Why not, beyond the state; null when nothing prevents it. */
function deciderSelon(
  geste: GesteCotation,
  s: SituationCotation,
  utilisateurId: string,
  aujourdhui: DateCivile,
): Decision | null {
  const { observationsJusquAu: limite } = s;
  const passee = limite === null || aujourdhui.since(limite).days > 0;
  switch (geste) {
    case 'PROPOSER':
      if (s.sansNote.length === 0) return null;
      return refuser(`Il reste à noter : ${s.sansNote.join(', ')}.`, CHEMIN);
    case 'OBSERVER':
      if (!passee) return null;
      return refuser(`Le délai des observations est passé${limite ? ` : ${dateEnFrancais(limite)}` : ''}.`, CHEMIN);
    case 'ARRETER':
      if (s.proposeePar === utilisateurId) {
        return non({
          code: 'AUTEUR_VALIDEUR_IDENTIQUES',
          message: 'Vous avez proposé ces notes : une autre personne les arrête.',
          regle: 'AMB-078',
          chemin: CHEMIN,
        });
      }
      if (s.etat === 'CONTESTEE' || passee) return null;
      return refuser(`Le porteur peut contester ces notes jusqu’au ${dateEnFrancais(limite)}.`, CHEMIN);
    case 'ROUVRIR':
      if (!s.bilanConfirme) return null;
      return refuser('Le bilan est confirmé et le solde calculé sur ces notes : rouvrez d’abord le bilan.', CHEMIN);
    default:
      return null;
  }
}

function refuser(message: string, chemin: string[]): Decision {
  return non({ code: 'ETAT_INCOMPATIBLE', message, regle: 'AMB-078', chemin });
}
