import { Module } from '@nestjs/common';
import { CommuneResolver } from './commune.resolver.js';
import { CommuneService } from './commune.service.js';
import { RattachementService } from './rattachement.service.js';
import { TerritoireResolver } from './territoire.resolver.js';
import { TerritoireService } from './territoire.service.js';

/** Territories and communes. */
@Module({
  providers: [TerritoireService, CommuneService, RattachementService, TerritoireResolver, CommuneResolver],
  exports: [TerritoireService, CommuneService],
})
export class TerritoiresModule {}
