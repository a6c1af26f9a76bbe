import { Logger, Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, ModuleMetadata } from '@nestjs/common';
import type { Horloge } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Habilitations } from './habilitations/habilitations.service.js';
import { Identite } from './identite/identite.js';
import { VerificateurDeJeton } from './identite/verificateur-de-jeton.js';

export interface OptionsAcces {
  readonly oidc: {
    readonly emetteur: string;
    readonly audience: string;
    readonly jwksUrl: string | null;
    readonly algorithmes: readonly string[];
  };
  readonly habilitationsTtlSecondes: number;
  readonly horloge: Horloge;
}

type OptionsModule = Pick<ModuleMetadata, 'imports'> & Pick<FactoryProvider<OptionsAcces>, 'inject' | 'useFactory'>;

const OPTIONS = Symbol('options du module d’accès');

/** Gives `Identite`, `VerificateurDeJeton` and `Habilitations`. `UniteDeTravail` comes from a global module or `imports`. */
@Module({})
export class SillageAccessModule {
  static pour({ imports = [], inject = [], useFactory }: OptionsModule): DynamicModule {
    return {
      module: SillageAccessModule,
      global: true,
      imports,
      providers: [
        { provide: OPTIONS, inject, useFactory },
        { provide: VerificateurDeJeton, inject: [OPTIONS], useFactory: verificateur },
        { provide: Identite, inject: [OPTIONS, VerificateurDeJeton, UniteDeTravail], useFactory: identite },
        {
          provide: Habilitations,
          inject: [OPTIONS],
          useFactory: ({ horloge }: OptionsAcces) => new Habilitations(horloge),
        },
      ],
      exports: [VerificateurDeJeton, Identite, Habilitations],
    };
  }
}

function verificateur({ oidc }: OptionsAcces): VerificateurDeJeton {
  const logger = new Logger(VerificateurDeJeton.name);
  return new VerificateurDeJeton({
    ...oidc,
    journal: { avertir: (message, details) => logger.warn({ ...details }, message) },
  });
}

function identite(
  { horloge, habilitationsTtlSecondes }: OptionsAcces,
  verifier: VerificateurDeJeton,
  uniteDeTravail: UniteDeTravail,
): Identite {
  return new Identite({ verificateur: verifier, uniteDeTravail, horloge, ttlSecondes: habilitationsTtlSecondes });
}
