CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(60) NOT NULL,
  email VARCHAR(60) NOT NULL,
  grade CHAR(1) NOT NULL CHECK (grade IN ('A', 'B', 'C')),
  recruited_by INTEGER REFERENCES customer(id)
);
CREATE TABLE product (id INTEGER PRIMARY KEY, price NUMERIC(6, 2) NOT NULL CHECK (price > 0));
CREATE TABLE wish (
  customer_id INTEGER REFERENCES customer(id),
  product_id INTEGER REFERENCES product(id),
  PRIMARY KEY (customer_id, product_id)
);
