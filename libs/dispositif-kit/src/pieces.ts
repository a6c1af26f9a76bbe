import { aConfirmer, type Decision, type Motif, non, oui } from '@sillage/kernel';
import type { Champs, Valeurs } from './champ.js';
import { parametre, type Parametres } from './parametre.js';

/** The types of file that a supporting document may have; what is not here is never received. */
export const TYPES_DE_PIECE = {
  PDF: { mime: 'application/pdf', extension: 'pdf' },
  PNG: { mime: 'image/png', extension: 'png' },
  JPEG: { mime: 'image/jpeg', extension: 'jpg' },
  DOCX: { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extension: 'docx' },
  XLSX: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx' },
  ODT: { mime: 'application/vnd.oasis.opendocument.text', extension: 'odt' },
  ODS: { mime: 'application/vnd.oasis.opendocument.spreadsheet', extension: 'ods' },
  CSV: { mime: 'text/csv', extension: 'csv' },
  TEXTE: { mime: 'text/plain', extension: 'txt' },
} as const;
export type TypeDePiece = keyof typeof TYPES_DE_PIECE;

/** At which step it is asked: the deposit of the candidature, the signature of the convention, the bilan, the end of a convention before its term. */
export const MOMENTS_DE_PIECE = {
  DEPOT: 'Avec la candidature, avant son dépôt',
  CONVENTION: 'Avec la convention, avant sa signature si elle est obligatoire',
  BILAN: 'Avec le bilan, avant sa remise',
  FIN: 'Avec une convention signée, quand un courrier y met fin',
} as const;
export type MomentDePiece = keyof typeof MOMENTS_DE_PIECE;

/** A supporting document that the dispositif asks for (TRANS-27). */
export interface DeclarationPiece<C extends Champs = Champs, P extends Parametres = Parametres> {
  /** Stable, in capitals: `DEVIS_SIGNES`. */
  code: string;
  libelle: string;
  regle: string;
  quand: MomentDePiece;
  /**
   * Missing, it blocks its step; `A_CONFIRMER`, at the deposit only, lets it through and whoever decides confirms the rule by name; a
   * condition on the candidature's fields blocks where it holds. Left out: it may be joined, and nothing waits for it.
   */
  obligatoire?: true | 'A_CONFIRMER' | ((champs: Valeurs<C>) => boolean);
  types: readonly TypeDePiece[];
  /** Key of the `entier` parameter, in megabytes, that bounds each file; `tailleMaxPiece` when left out. */
  tailleMax?: keyof P & string;
  /** Several files; otherwise a new one takes the place of the former. */
  plusieurs?: true;
  /** It names people: only those who may see names on the dossier are given it (TRANS-30). */
  nominative?: true;
}

const COURRIER = {
  regle: 'CONV-PIECE-05',
  quand: 'FIN',
  types: ['PDF', 'PNG', 'JPEG'],
  plusieurs: true,
  nominative: true,
} as const satisfies Partial<DeclarationPiece>;

/** CONV-PIECE-05: what proves that the registered letter that ends a convention was sent and received is kept with it, in every dispositif. */
export const PIECES_DE_FIN: readonly DeclarationPiece[] = [
  { ...COURRIER, code: 'FIN_PREUVE_ENVOI', libelle: 'Preuve d’envoi du courrier qui met fin à la convention' },
  { ...COURRIER, code: 'FIN_AVIS_RECEPTION', libelle: 'Avis de réception du courrier qui met fin à la convention' },
];

/** Every piece that a dossier of a dispositif may have: its own, and those of every convention. */
export function piecesDe({
  pieces = [],
}: {
  readonly pieces?: readonly DeclarationPiece[];
}): readonly DeclarationPiece[] {
  return [...pieces, ...PIECES_DE_FIN];
}

/** Pieces as a sentence names them: by their labels, each once; a code that the dispositif no longer declares stands for itself. */
export function direLesPieces(
  dispositif: { readonly pieces?: readonly DeclarationPiece[] },
  codes: readonly string[],
): string {
  const declarees = piecesDe(dispositif);
  return [...new Set(codes)]
    .map((code) => `« ${declarees.find((piece) => piece.code === code)?.libelle ?? code} »`)
    .join(', ');
}

/** What every dispositif has, unless it declares its own values under the same keys. No source text sets them. */
export const PARAMETRES_DES_PIECES = {
  tailleMaxPiece: parametre.entier([{ du: '2020-01-01', valeur: 10 }], {
    libelle: 'Taille d’une pièce jointe, au plus',
    regle: 'TRANS-27',
    unite: 'Mo',
  }),
  delaiTicketPiece: parametre.entier([{ du: '2020-01-01', valeur: 10 }], {
    libelle: 'Temps laissé pour envoyer une pièce annoncée',
    regle: 'TRANS-27',
    unite: 'minutes',
  }),
} as const satisfies Parametres;

/** One piece of a step, and what its absence says. */
export interface PieceJugee {
  readonly regle: string;
  readonly decision: Decision;
}

/** What a step says of its pieces: `fournies` holds the codes of those that count as provided. */
export function deciderPieces(
  pieces: readonly DeclarationPiece[] | undefined,
  quand: MomentDePiece,
  champs: Valeurs<Champs>,
  fournies: ReadonlySet<string>,
): PieceJugee[] {
  return (pieces ?? [])
    .filter((piece) => piece.quand === quand && !fournies.has(piece.code))
    .map((piece) => ({ regle: piece.regle, decision: absence(piece, champs) }));
}

function absence(piece: DeclarationPiece, champs: Valeurs<Champs>): Decision {
  const { obligatoire } = piece;
  if (obligatoire === undefined) return oui();
  if (obligatoire === 'A_CONFIRMER') {
    const message = `La pièce « ${piece.libelle} » n’est pas jointe : à confirmer.`;
    return aConfirmer({ ...pieceManquante(piece), code: 'A_CONFIRMER', message });
  }
  return obligatoire === true || obligatoire(champs) ? non(pieceManquante(piece)) : oui();
}

/** What is said of a piece that a step waits for. */
export function pieceManquante({ code, libelle, regle }: DeclarationPiece): Motif {
  return {
    code: 'PIECE_MANQUANTE',
    message: `La pièce « ${libelle} » est à joindre.`,
    regle,
    chemin: ['pieces', code],
  };
}

/** The type that a content type names, whatever its parameters and case; null when it is none of ours. */
export function typeDePiece(mime: string): TypeDePiece | null {
  const nu = mime.split(';', 1)[0]?.trim().toLowerCase();
  const trouve = Object.entries(TYPES_DE_PIECE).find(([, type]) => type.mime === nu);
  return trouve === undefined ? null : (trouve[0] as TypeDePiece);
}
