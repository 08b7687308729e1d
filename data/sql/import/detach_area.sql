detach database if exists importing;
