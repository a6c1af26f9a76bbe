import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { classeGraphql } from '@sillage/read';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MutationInput, typeReponse } from '../api/index.js';
import { appelLu } from '../appels/index.js';
import { JsonScalaire } from '../dispositifs/index.js';

@InputType({ description: 'Une valeur propre au nouvel appel.' })
export class ParametreDAppelInput {
  @Field(() => String, { description: 'Clé du paramètre.' })
  cle!: string;

  @Field(() => JsonScalaire, { description: 'Dans la forme du paramètre : "52000.00", 60, 12, true…' })
  valeur!: unknown;
}

@InputType({ description: 'Un appel à refaire, et ce qui change.' })
export class AppelDupliquerInput extends MutationInput {
  @Field(() => ID, { description: 'L’appel à reprendre, en brouillon ou publié.' })
  appelId!: string;

  @Field(() => String, { description: 'Code du nouvel appel : lettres, chiffres et traits d’union.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'Absent : inchangé, comme les champs qui suivent.' })
  libelle?: string | null;

  @Field(() => Int, {
    defaultValue: 12,
    description: 'De combien de mois se décalent la fenêtre, les jours que fixe le texte et les valeurs décidées.',
  })
  decalageMois!: number;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Premier jour de dépôt ; absent : décalé.' })
  ouverture?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernier jour de dépôt, inclus ; absent : décalé.' })
  cloture?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes ou noms des territoires.' })
  territoires?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Ce que l’appel dit aux candidats ; null n’en reprend rien.' })
  presentation?: string | null;

  @Field(() => [ParametreDAppelInput], {
    defaultValue: [],
    description: 'Plafonds, taux, objectifs, jours de l’opération… qui changent ; les autres se reprennent.',
  })
  parametres!: ParametreDAppelInput[];

  @Field(() => String, {
    description: 'Pourquoi : délibération… Il accompagne chaque valeur. Sans donnée personnelle.',
  })
  motif!: string;
}

export const AppelDupliquerPayload = typeReponse('AppelDupliquer', 'appel', () => classeGraphql(appelLu));
