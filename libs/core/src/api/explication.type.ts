import { type Explication, type ParametreCite, texteExplication } from '@sillage/kernel';
import { ecrireIdentifiant } from '@sillage/read';
import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('DecisionCitee', { description: 'Qui a tranché, quand et pourquoi, quand ce n’est pas le texte.' })
export class DecisionCiteeType {
  @Field(() => ID, { description: 'L’utilisateur.' }) parId!: string;
  @Field(() => String) le!: string;
  @Field(() => String) motif!: string;
}

@ObjectType('ParametreCite', { description: 'La valeur d’un paramètre à sa date, et d’où elle vient.' })
export class ParametreCiteType {
  @Field(() => String) cle!: string;
  @Field(() => String) libelle!: string;
  @Field(() => String) valeur!: string;
  @Field(() => String) unite!: string;
  @Field(() => String) du!: string;
  @Field(() => String, { nullable: true }) au!: string | null;
  @Field(() => String, { description: 'DISPOSITIF, APPEL, TERRITOIRE, CONVENTION ou ANNEXE.' })
  origine!: ParametreCite['origine'];
  @Field(() => String) regle!: string;
  @Field(() => DecisionCiteeType, { nullable: true }) decision!: DecisionCiteeType | null;
}

@ObjectType('EntreeExplication', { description: 'Une donnée qui est entrée dans le calcul.' })
export class EntreeExplicationType {
  @Field(() => String) nom!: string;
  @Field(() => String) valeur!: string;
}

@ObjectType('Explication', {
  description: 'Comment un chiffre a été obtenu : un arbre que l’on peut relire des années après.',
})
export class ExplicationType {
  @Field(() => String) libelle!: string;
  @Field(() => String) resultat!: string;
  @Field(() => String, { nullable: true }) formule!: string | null;
  @Field(() => String, { nullable: true, description: 'Règle appliquée (docs/regles.md).' }) regle!: string | null;
  @Field(() => String, { nullable: true, description: 'Interprétation retenue (AMB-…).' }) interpretation!:
    string | null;
  @Field(() => String, { nullable: true }) arrondi!: string | null;
  @Field(() => [ParametreCiteType]) parametres!: ParametreCiteType[];
  @Field(() => [EntreeExplicationType]) entrees!: { nom: string; valeur: string }[];
  @Field(() => [ExplicationType]) lignes!: ExplicationType[];
  @Field(() => String, { description: 'Le même arbre, en phrases.' }) texte!: string;
}

export function presenterExplication(e: Explication): ExplicationType {
  return {
    libelle: e.libelle,
    resultat: e.resultat,
    formule: e.formule ?? null,
    regle: e.regle ?? null,
    interpretation: e.interpretation ?? null,
    arrondi: e.arrondi ?? null,
    parametres: (e.parametres ?? []).map(presenterParametre),
    entrees: e.entrees ?? [],
    lignes: (e.lignes ?? []).map(presenterExplication),
    texte: texteExplication(e),
  };
}

function presenterParametre({ decision, ...cite }: ParametreCite): ParametreCiteType {
  if (!decision) return { ...cite, decision: null };
  const { par, le, motif } = decision;
  return { ...cite, decision: { parId: ecrireIdentifiant('Utilisateur', par), le, motif } };
}
