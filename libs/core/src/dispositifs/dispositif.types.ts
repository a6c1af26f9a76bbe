import {
  type DeclarationPiece,
  type Dispositif,
  jsonSchema,
  type MomentDePiece,
  piecesDe,
  TYPES_DE_PIECE,
} from '@sillage/dispositif-kit';
import { Field, ObjectType } from '@nestjs/graphql';
import { MomentDePieceEnum } from '../pieces/moment-de-piece.enumeration.js';
import { JsonScalaire } from './json.scalaire.js';

@ObjectType('VersementPrevu', { description: 'Un versement que le dispositif prévoit pour chaque convention.' })
export class VersementPrevuType {
  @Field(() => String, { description: 'Nom de la tranche ; une convention en a au plus un versement.' })
  tranche!: string;

  @Field(() => String, { description: 'Nom de la tranche, pour les personnes.' })
  libelle!: string;

  @Field(() => String, { description: 'Événement du dossier qui le déclenche.' })
  evenement!: string;

  @Field(() => String, { description: 'Règle (docs/regles.md).' })
  regle!: string;
}

@ObjectType('EcheancePrevue', { description: 'Un délai que le dispositif fixe.' })
export class EcheancePrevueType {
  @Field(() => String, { description: 'Code stable.' })
  code!: string;

  @Field(() => String, { description: 'Nom de l’échéance, pour les personnes.' })
  libelle!: string;

  @Field(() => String, { description: 'Événement à partir duquel le délai court.' })
  depuis!: string;

  @Field(() => String, { description: 'Clé du paramètre qui donne le délai.' })
  parametre!: string;

  @Field(() => String, { description: 'Règle (docs/regles.md).' })
  regle!: string;
}

@ObjectType('IndicateurPrevu', { description: 'Un indicateur que le dispositif suit.' })
export class IndicateurPrevuType {
  @Field(() => String, { description: 'Code stable.' })
  code!: string;

  @Field(() => String, { description: 'Nom de l’indicateur, pour les personnes.' })
  libelle!: string;

  @Field(() => String, { description: 'Unité de mesure.' })
  unite!: string;

  @Field(() => String, { description: 'Règle (docs/regles.md).' })
  regle!: string;
}

@ObjectType('PiecePrevue', { description: 'Une pièce que le dispositif attend, ou admet, à une étape d’un dossier.' })
export class PiecePrevueType {
  @Field(() => String, { description: 'Code stable, à donner pour la joindre.' })
  code!: string;

  @Field(() => String, { description: 'Nom de la pièce, pour les personnes.' })
  libelle!: string;

  @Field(() => MomentDePieceEnum)
  quand!: MomentDePiece;

  @Field(() => String, {
    nullable: true,
    description: 'OUI, A_CONFIRMER ou SELON_LES_CHAMPS ; nul si rien ne l’attend.',
  })
  obligatoire!: 'OUI' | 'A_CONFIRMER' | 'SELON_LES_CHAMPS' | null;

  @Field(() => [String], { description: 'Types de contenu admis.' })
  types!: string[];

  @Field(() => String, { description: 'Clé du paramètre qui borne la taille d’un fichier, en Mo.' })
  tailleMax!: string;

  @Field(() => Boolean, { description: 'Plusieurs fichiers ; sinon, un nouveau prend la place du précédent.' })
  plusieurs!: boolean;

  @Field(() => Boolean, { description: 'Elle nomme des personnes : remise à qui peut voir les noms.' })
  nominative!: boolean;

  @Field(() => String, { description: 'Règle (docs/regles.md).' })
  regle!: string;
}

@ObjectType('Dispositif', {
  description: 'Un dispositif installé : ses règles, ses formulaires et là où il est activé.',
})
export class DispositifType {
  @Field(() => String, { description: 'Code stable, en minuscules.' })
  code!: string;

  @Field(() => String, { description: 'Nom du dispositif, pour les personnes.' })
  libelle!: string;

  @Field(() => String, { description: 'À quoi il sert, en une phrase.' })
  description!: string;

  @Field(() => String, { description: 'Version de sa déclaration.' })
  version!: string;

  @Field(() => [String], { description: 'Les textes qu’il met en œuvre.' })
  textes!: string[];

  @Field(() => JsonScalaire, { description: 'Formulaire de candidature, en JSON Schema (2020-12).' })
  candidatureSchema!: unknown;

  @Field(() => JsonScalaire, { description: 'Termes d’une convention, en JSON Schema (2020-12).' })
  termesSchema!: unknown;

  @Field(() => [PiecePrevueType], { description: 'Les pièces qu’il attend ou admet.' })
  pieces!: PiecePrevueType[];
  @Field(() => JsonScalaire, {
    nullable: true,
    description: 'La grille sur laquelle ses conventions sont notées, dans ses versions ; nulle s’il n’en a pas.',
  })
  grille!: unknown;

  @Field(() => [VersementPrevuType], { description: 'Les versements prévus, dans l’ordre.' })
  versements!: VersementPrevuType[];

  @Field(() => [EcheancePrevueType], { description: 'Les délais qu’il fixe.' })
  echeances!: EcheancePrevueType[];

  @Field(() => [IndicateurPrevuType], { description: 'Les indicateurs qu’il suit.' })
  indicateurs!: IndicateurPrevuType[];
}

export function presenterDispositif(d: Dispositif): DispositifType {
  return {
    code: d.code,
    libelle: d.libelle,
    description: d.description,
    version: d.version,
    textes: [...d.textes],
    candidatureSchema: jsonSchema(d.candidature.champs),
    termesSchema: jsonSchema(d.convention.termes),
    pieces: piecesDe(d).map(presenterPiece),
    grille: d.grille ? { libelle: d.grille.libelle, versions: d.grille.versions } : null,
    versements: d.versements.map(({ tranche, libelle, a, regle }) => ({ tranche, libelle, evenement: a, regle })),
    echeances: (d.echeances ?? []).map(({ dans, ...echeance }) => ({ ...echeance, parametre: dans })),
    indicateurs: (d.indicateurs ?? []).map((indicateur) => ({ ...indicateur })),
  };
}

function presenterPiece(piece: DeclarationPiece): PiecePrevueType {
  const { code, libelle, quand, obligatoire, types, tailleMax, plusieurs, nominative, regle } = piece;
  const exigence = typeof obligatoire === 'function' ? 'SELON_LES_CHAMPS' : obligatoire === true ? 'OUI' : obligatoire;
  return {
    code,
    libelle,
    quand,
    obligatoire: exigence ?? null,
    types: types.map((type) => TYPES_DE_PIECE[type].mime),
    tailleMax: tailleMax ?? 'tailleMaxPiece',
    plusieurs: plusieurs === true,
    nominative: nominative === true,
    regle,
  };
}
