import { MontantScalaire } from '@sillage/dispositif-kit';
import type { Role } from '@sillage/kernel';
import { classeGraphql } from '@sillage/read';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Erreur, idOpaque } from '../api/index.js';
import { presenterTerritoire, type Presente } from '../apercus/apercu.presentation.js';
import type { EtatCandidature, SensAvis } from '../candidatures/candidature.entity.js';
import { EtatCandidatureEnum, RoleEnum, SensAvisEnum } from '../candidatures/candidature.enumerations.js';
import { territoireLu } from '../territoires/index.js';
import type { Comparaison, Comparee } from './comparaison.service.js';

@ObjectType('CritereDeComparaison', {
  description: 'Ce sur quoi des candidatures se comparent ; aucune note n’en est faite.',
})
export class CritereType {
  @Field(() => String) code!: string;
  @Field(() => String) libelle!: string;
  @Field(() => String, { description: 'Règle (docs/regles.md).' }) regle!: string;
  @Field(() => Boolean, { description: 'Vrai si le texte y porte une attention particulière (AMB-106).' })
  attention!: boolean;
}

@ObjectType('AvisCompare', { description: 'L’avis d’un service territorial.' })
export class AvisCompareType {
  @Field(() => classeGraphql(territoireLu)) territoire!: Presente;
  @Field(() => RoleEnum) role!: Role;
  @Field(() => SensAvisEnum) sens!: SensAvis;
  @Field(() => String) motif!: string;
}

@ObjectType('CandidatureComparee', { description: 'Une candidature, à côté des autres du même appel.' })
export class CandidatureCompareeType {
  @Field(() => ID, { description: 'De la candidature.' }) id!: string;
  @Field(() => String) numero!: string;
  @Field(() => EtatCandidatureEnum) etat!: EtatCandidature;
  @Field(() => String, { description: 'La structure qui la porte.' }) structure!: string;
  @Field(() => [classeGraphql(territoireLu)]) territoires!: Presente[];
  @Field(() => MontantScalaire, { nullable: true, description: 'Montant demandé.' }) montant!: string | null;
  @Field(() => [String], {
    nullable: 'items',
    description: 'Une par critère, dans leur ordre ; nulle si elle n’est pas dite.',
  })
  valeurs!: (string | null)[];
  @Field(() => [AvisCompareType]) avis!: AvisCompareType[];
}

@ObjectType('ComparaisonCandidatures', {
  description: 'Les candidatures d’un appel, côte à côte, pour qui les instruit.',
})
export class ComparaisonType {
  @Field(() => [Erreur], { description: 'Pourquoi elle ne se lit pas ; vide si elle se lit.' }) errors!: Erreur[];
  @Field(() => [CritereType]) criteres!: CritereType[];
  @Field(() => [CandidatureCompareeType]) candidatures!: CandidatureCompareeType[];
  @Field(() => Boolean, { description: 'Vrai si toutes ne tiennent pas ici.' }) tronquee!: boolean;
  @Field(() => MontantScalaire, { description: 'Ce qu’elles demandent, en tout, les rejetées à part.' })
  demande!: string;
  @Field(() => MontantScalaire, {
    nullable: true,
    description: 'Crédits ouverts de l’appel, pour qui lit l’enveloppe.',
  })
  creditsOuverts!: string | null;
  @Field(() => MontantScalaire, { nullable: true, description: 'Ce qui en reste à engager.' }) disponible!:
    string | null;
}

export function presenterComparaison({
  dispositif,
  comparees,
  tronquee,
  demande,
  credits,
}: Comparaison): ComparaisonType {
  const { comparaison = [] } = dispositif.candidature;
  return {
    errors: [],
    criteres: comparaison.map(({ code, libelle, regle, attention = false }) => ({ code, libelle, regle, attention })),
    candidatures: comparees.map(presenterComparee),
    tronquee,
    demande: demande.toString(),
    creditsOuverts: credits?.ouverts.toString() ?? null,
    disponible: credits?.disponible.toString() ?? null,
  };
}

function presenterComparee({ dossier, structure, montant, valeurs }: Comparee): CandidatureCompareeType {
  const { candidature, territoires, avis } = dossier;
  return {
    id: idOpaque('Candidature', candidature.id),
    numero: candidature.numero,
    etat: candidature.etat,
    structure: structure.raisonSociale,
    territoires: territoires.map(presenterTerritoire),
    montant: montant?.toString() ?? null,
    valeurs: [...valeurs],
    avis: avis.flatMap(({ territoireId, role, sens, motif }) => {
      const territoire = territoires.find(({ id }) => id === territoireId);
      return territoire === undefined ? [] : [{ territoire: presenterTerritoire(territoire), role, sens, motif }];
    }),
  };
}
