import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { horlogeFixe } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Habilitations, Identite, SillageAccessModule, VerificateurDeJeton } from './index.js';

@Module({ providers: [{ provide: UniteDeTravail, useValue: {} }], exports: [UniteDeTravail] })
class PersistenceEssai {}

@Module({})
class Racine {}

const OIDC = { emetteur: 'https://identite.example', audience: 'api', jwksUrl: null, algorithmes: ['RS256'] };

describe('SillageAccessModule', () => {
  it('donne l’identité, le vérificateur et les habilitations, avec les options de l’application', async () => {
    const acces = SillageAccessModule.pour({
      imports: [PersistenceEssai],
      useFactory: () => ({ oidc: OIDC, habilitationsTtlSecondes: 30, horloge: horlogeFixe('2026-02-01T10:00:00Z') }),
    });
    const application = await NestFactory.createApplicationContext(
      { module: Racine, imports: [acces] },
      { logger: false, abortOnError: false },
    );
    for (const service of [Identite, VerificateurDeJeton, Habilitations]) {
      expect(application.get<object>(service)).toBeInstanceOf(service);
    }
    await expect(application.get(Identite).identifier(undefined, '62')).rejects.toMatchObject({
      code: 'NON_AUTHENTIFIE',
    });
    await application.close();
  });
});
