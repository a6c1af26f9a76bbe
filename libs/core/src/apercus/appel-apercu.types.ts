import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ObjectType } from '@nestjs/graphql';
import { enumerationGraphql, Erreur } from '../api/index.js';
import { appelLu } from '../appels/index.js';
import { JsonScalaire } from '../dispositifs/index.js';
import { ParametreType, presenterParametre } from '../parametres/parametre.types.js';
import type { ApercuAppel } from './appel.apercu.js';
import { NATURES_DIFFERENCE, type NatureDifference } from './appel.differences.js';
import { presenterAppel, type Presente } from './apercu.presentation.js';

const NatureDifferenceEnum = enumerationGraphql(
  NATURES_DIFFERENCE,
  'NatureDifference',
  'Ce en quoi un appel diffère de celui dont il est issu.',
);

@ObjectType('DifferenceAppel', { description: 'Ce qui change par rapport à l’appel d’origine.' })
export class DifferenceAppelType {
  @Field(() => NatureDifferenceEnum) nature!: NatureDifference;
  @Field(() => String, { nullable: true, description: 'Clé du paramètre, pour un paramètre.' }) cle!: string | null;
  @Field(() => String) libelle!: string;
  @Field(() => String, { nullable: true }) avant!: string | null;
  @Field(() => String, { nullable: true }) apres!: string | null;
  @Field(() => String, { description: 'Règle (docs/regles.md).' }) regle!: string;
}

@ObjectType('ElementDemande', { description: 'Ce que le candidat renseigne ou joint.' })
export class ElementDemandeType {
  @Field(() => String) cle!: string;
  @Field(() => String) libelle!: string;
  @Field(() => String, { nullable: true }) aide!: string | null;
  @Field(() => Boolean, { description: 'Vrai s’il en faut pour déposer.' }) obligatoire!: boolean;
  @Field(() => String, { nullable: true }) regle!: string | null;
}

@ObjectType('RegleDeRecevabilite', { description: 'Ce que le dispositif vérifie au dépôt.' })
export class RegleDeRecevabiliteType {
  @Field(() => String) regle!: string;
  @Field(() => String) libelle!: string;
}

@ObjectType('EnveloppeAnnoncee', { description: 'Les crédits de l’appel.' })
export class EnveloppeAnnonceeType {
  @Field(() => Boolean, { description: 'Vrai si le texte les limite.' }) limitative!: boolean;
  @Field(() => String) regle!: string;
  @Field(() => String, { nullable: true, description: 'Le montant que fixe le texte ou l’appel.' })
  montant!: string | null;
  @Field(() => String, { description: 'Ce qui est déjà ouvert pour cet appel.' }) creditsOuverts!: string;
}

@ObjectType('AppelApercu', {
  description: 'Un appel comme un candidat le lirait, et ce qui le distingue du précédent.',
})
export class AppelApercuType {
  @Field(() => [Erreur], { description: 'Pourquoi il ne peut pas être lu ou publié ; vide si rien ne s’y oppose.' })
  errors!: Erreur[];

  @Field(() => classeGraphql(appelLu), { nullable: true }) appel!: Presente | null;
  @Field(() => classeGraphql(appelLu), { nullable: true, description: 'L’appel dont il est issu.' })
  issuDe!: Presente | null;

  @Field(() => [DifferenceAppelType], { description: 'Ce qui change par rapport à lui.' })
  differences!: DifferenceAppelType[];

  @Field(() => HorodatageScalaire, { nullable: true, description: 'Premier instant où l’on peut déposer.' })
  ouvreLe!: string | null;

  @Field(() => HorodatageScalaire, { nullable: true, description: 'Instant à partir duquel on ne peut plus.' })
  fermeLe!: string | null;

  @Field(() => JsonScalaire, { nullable: true, description: 'Schéma JSON du formulaire de candidature.' })
  formulaire!: unknown;

  @Field(() => [ElementDemandeType], { description: 'Ce que le candidat renseigne ou joint.' })
  demandes!: ElementDemandeType[];

  @Field(() => [RegleDeRecevabiliteType], { description: 'Ce qui est vérifié au dépôt.' })
  recevabilite!: RegleDeRecevabiliteType[];

  @Field(() => [ParametreType], { description: 'Les paramètres au premier jour de la fenêtre, avec leurs règles.' })
  parametres!: ParametreType[];

  @Field(() => EnveloppeAnnonceeType, { nullable: true }) enveloppe!: EnveloppeAnnonceeType | null;
}

export const APERCU_REFUSE: Omit<AppelApercuType, 'errors'> = {
  appel: null,
  issuDe: null,
  differences: [],
  ouvreLe: null,
  fermeLe: null,
  formulaire: null,
  demandes: [],
  recevabilite: [],
  parametres: [],
  enveloppe: null,
};

export function presenterApercu({ empechements, ...apercu }: ApercuAppel): AppelApercuType {
  return {
    errors: empechements.map(({ chemin, ...motif }) => ({ ...motif, path: chemin ?? ['id'] })),
    appel: presenterAppel(apercu.appel),
    issuDe: apercu.issuDe && presenterAppel(apercu.issuDe),
    differences: [...apercu.differences],
    ouvreLe: apercu.ouvreLe.toString(),
    fermeLe: apercu.fermeLe.toString(),
    formulaire: apercu.formulaire,
    demandes: [...apercu.demandes],
    recevabilite: [...apercu.recevabilite],
    parametres: apercu.parametres.map(presenterParametre),
    enveloppe: apercu.enveloppe,
  };
}
