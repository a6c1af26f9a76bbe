import { type Decision, type ErreurMetier } from '@sillage/kernel';
import { Field, ObjectType } from '@nestjs/graphql';
import { Erreur } from './mutation.js';

@ObjectType({ description: 'Ce que vous pouvez faire ensuite sur ce dossier et, sinon, pourquoi.' })
export class ActionPossible {
  @Field(() => String)
  action!: string;

  @Field(() => Boolean)
  possible!: boolean;

  @Field(() => [Erreur], { description: 'Ce qui s’y oppose.' })
  motifs!: ErreurMetier[];
}

export function presenterAction(action: string, decision: Decision): ActionPossible {
  const motifs = decision.motifs.map(({ code, message, regle, chemin }) => ({
    code,
    message,
    regle,
    path: chemin ?? [],
  }));
  return { action, possible: decision.issue === 'OUI', motifs };
}

/** The answer to somebody who may see the dossier but not do this. */
export const ACTION_INTERDITE: Decision = {
  issue: 'NON',
  motifs: [{ code: 'ACTION_INTERDITE', message: 'Votre habilitation ne permet pas cette action.', regle: 'TRANS-29' }],
};
