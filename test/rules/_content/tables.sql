create table customer (id integer primary key, name text not null);
create table account (id integer primary key, customer_id integer not null, name text not null, currency text not null, balance integer not null);
create table service (id integer primary key, customer_id integer not null, name text not null, period text not null, cost integer not null, currency text not null, status text not null, expires text not null, autorenew text not null);
create table ticket (id integer primary key, customer_id integer not null, subject text not null, department text not null, status text not null, updated text not null);
create table payment (id integer primary key, customer_id integer not null, number text not null, amount integer not null, currency text not null, status text not null, created text not null);
