import type { ContexteActeur } from '@sillage/access';
import { Lectures, type TypeLu } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { ExecuteurMutation } from './executeur-mutation.js';
import { type MutationInput, type Reponse, repondre } from './mutation.js';

/** A mutation that leaves an object: what it does, and under which field of its payload the object is read again. */
export interface Geste<C extends string> {
  readonly champ: C;
  readonly type: TypeLu;
  /** @returns the uuid of the object that it leaves */
  readonly effet: (em: EntityManager) => Promise<string>;
}

/** How every mutation of the core answers: done once, in one transaction, and its object read again in it, as its caller may see it. */
@Injectable()
export class Gestes {
  constructor(
    private readonly mutations: ExecuteurMutation,
    private readonly lectures: Lectures,
  ) {}

  faire<C extends string>(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    { champ, type, effet }: Geste<C>,
  ): Promise<Reponse<C, unknown>> {
    return repondre(input, champ, () =>
      this.mutations.executer(contexte, info.fieldName, input, {
        effet,
        relire: (em, uuid) => this.lectures.relire(em, contexte, { type, uuid, champ }, info),
      }),
    );
  }
}
