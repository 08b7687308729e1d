attach ':memory:' as importing;
